// What the parts of the book hand to each other, and what its builder lays beside them (`build.py`).

/** One thing that a part of a page shows. */
interface Item {
  html?: string;
  model?: string;
  spec?: object;
  state?: any;
}

/** What a page shows, by part. */
type Items = Record<string, Item[]>;

/** Something that has changed: a model's state, or what stands at a place. */
type Change = { model: string; state: object } | { model?: undefined; place: string; html: string };

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
