// What the parts of the book hand to each other, and what its builder lays beside them (`build.py`).

/** One thing that a part of a page shows. */
interface Item {
  html?: string;
  model?: string;
  spec?: object;
  state?: any;
  inside?: Item[];
}

/** What a page shows, by part. */
type Items = Record<string, Item[]>;

/** Something that has changed: a model's state, what stands at a place, or what a part shows. */
type Change =
  | { model: string; state: object }
  | { model?: undefined; place: string; html: string }
  | { model?: undefined; place?: undefined; part: string; items: Item[] };

/** How the card of the reader's own texts stands. */
interface OwnState {
  texts: { id: string; title: string; about: string }[];
  open: string;
  said: string;
  notes: string[];
  faults: { line: number; words: string }[];
  took: boolean;
  deleted: string;
  unread: string;
  file: { name: string; type: string; words: string } | null;
  n: number;
}

/** What all pages know of the course. */
interface BookKnown extends Known {
  files: Record<string, string>;
  about: Record<string, Record<string, string>>;
  keys: boolean;
}

/** A module's answers as text. */
interface StoredDocument {
  module: string;
  words: string;
}

/** Whoever is told what the worker says. */
interface Listener {
  page: string;
  models: { known: Map<string, unknown> };
  ran(page: string, outputs: Items): void;
  changed(events: Change[]): void;
  stands(standing: Standing): void;
  failed(why: string): void;
  refused(why: string): void;
  newer(): void;
}
