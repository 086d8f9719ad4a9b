// What the parts of the reading view hand to each other, and what travels to them: `course.py` and `server.py` beside this file make it.

/** Something of JupyterLab's. Its types are not among what this course installs. */
type JupyterLab = any;

/** A page as it is written; its code by cell: what it may run by itself, what waits for a button. */
interface CoursePage {
  title: string;
  live: Record<string, string>;
  acts: Record<string, string>;
  hidden: string[];
  about: Record<string, string>;
}

interface Term {
  term: string;
  plain: string;
  meaning: string;
}

/** A page on the map: how many of its questions are done, of how many. */
interface MapEntry {
  page: string;
  number: string;
  title: string;
  minutes: number;
  done: number;
  of: number;
}

interface Standing {
  path: string;
  left: number;
  next: string;
  review: number;
  parts: { title: string; pages: MapEntry[] }[];
}

/** The course as the server tells of it; `folder` and `session` are paths below the server's root. */
interface Known {
  folder: string;
  session: string;
  pages: Record<string, CoursePage>;
  terms: Term[];
  texts: Record<string, Record<string, string>>;
  standing: Standing;
}

/** Where the course lies outside what the server shows, nothing else is told. */
type Told = Known | { folder: null };

/** A part of a page as the search looks through it. */
interface Section {
  page: string;
  head: string;
  words: string;
}

/** What the frame asks of the program that shows it. */
interface Host {
  known: Known;
  start: string;
  href(page: string): string;
  open(page: string, at?: string): void;
  linked(href: string): [page: string, at: string] | undefined;
  words(): Promise<Section[]>;
  /** Show the card that hands in, and return what takes it away; a host without one has no button for it. */
  handIn?(place: HTMLElement): Promise<() => void>;
  tools(): HTMLElement[];
}

interface Frame {
  node: HTMLElement;
  main: HTMLElement;
  at(name: string): void;
  stand(found: Standing, aloud?: boolean): void;
  say(words: string): void;
  warn(words: string, button?: Node): void;
  after(name: string): MapEntry | undefined;
}

interface NotebookCell {
  id: string;
  cell_type: string;
  source: string | string[];
  outputs?: object[];
}

interface ShownPage {
  node: HTMLElement;
  draw(): Promise<void>;
  start(kernel: JupyterLab): Promise<void>;
  place(at: string): Element | undefined;
  close(): void;
}

/** What JupyterLab gives the extension, and what the server knows. */
interface Surroundings {
  app: JupyterLab;
  rendermime: JupyterLab;
  shell: JupyterLab;
  tracker: JupyterLab | null;
  take(name: string): Promise<JupyterLab>;
}

interface Window {
  _JUPYTERLAB?: Record<string, JupyterLab>;
}
