// The shapes that travel between Python and a card. `view.py`, `results.py`, `attempts.py`, `panels.py` and `workbench.py` make them.

interface Choice {
  id: string;
  text: string;
  letter?: string;
}

interface Row {
  id: string;
  at: string;
  words: string;
  given: string;
  choices: Choice[];
}

interface Item {
  id: string;
  text: string;
  reveal?: string;
}

interface Line {
  at: string;
  words: string;
}

/** A sentence as words: where each begins and ends in code points, and the word. */
interface Sentence {
  at: string;
  words: [start: number, end: number, word: string][];
}

interface DeskCard {
  id: string;
  who: string;
  date: string;
  title: string;
  inside: string;
}

/** A question as a card sees it. Each kind fills the fields that its control reads. */
interface Spec {
  id: string;
  kind: string;
  prompt: string;
  passage: Line[];
  confidence: [percent: number, word: string][];
  hints: number;
  test: boolean;
  unmarked?: boolean;
}

interface ChoiceSpec extends Spec {
  choices: Choice[];
  one_by_one?: boolean;
}

interface RowSpec extends ChoiceSpec {
  rows: Row[];
}

interface GridSpec extends Spec {
  rows: Row[];
  items: Item[];
  columns: Item[];
}

interface MarkSpec extends Spec {
  choices: Required<Choice>[];
  sentences: Sentence[];
  two?: boolean;
}

interface OrderSpec extends Spec {
  items: Item[];
  ends: [first: string, last: string];
}

interface Bounded {
  bounds: [low: number, high: number];
  unit: string;
}

type NumberSpec = Spec & Bounded;

/** With `from_marks` the marks of a text give the items, which come anew with each state, and an answer may name what is no item any more. */
interface DateSpec extends Spec {
  items: Item[];
  offsets: string[];
  from_marks?: boolean;
}

interface ChainSpec extends Spec {
  items: Item[];
  from_marks?: boolean;
}

interface DeskSpec extends Spec {
  items: DeskCard[];
  budget: number;
}

interface TextSpec extends Spec {
  lines: number;
}

interface Mark {
  at: string;
  start: number;
  end: number;
  label: string;
}

interface Step {
  from: string;
  to: string;
  inferred: boolean;
}

/** What a control gives: its node, and the answer as it stands on the page, which is null where nothing is answered. */
interface Control {
  node: Node;
  read(): unknown;
  write(value: any): void;
  /** Make what is on screen an answer, when Check is pressed on it. */
  settle?(): void;
  /** Offer other items; what is on screen stays. */
  offer?(items: Item[]): void;
  /** Where what is said of one part belongs, if that part is on the page. */
  spot?(item: string): Spot | null | undefined;
}

/** A part of a control: the node that takes the reason, how the part is named there, what it describes, and where its sign stands. */
interface Spot {
  into: Element;
  at?: string;
  group?: Element;
  sign?: Element;
}

/** Says that an answer was changed; `goesOn` while it is being typed. */
type Changed = (goesOn?: boolean) => void;

interface Note {
  at: string;
  sign: "right" | "half" | "not" | "none";
  chosen: string;
  reason: string;
  quote: string;
  misconception: string;
  better: string;
  item: string;
}

/** Readers of a phrase: counts in bars of equal width from 0 to 100 %, the yardsticks' bands, and the learner's number or range. */
interface Readers {
  phrase: string;
  counts: number[];
  bands: [who: string, low: number, high: number][];
  mine: number[];
}

interface Feedback {
  status: string;
  verdict: string;
  notes: Note[];
  next: string;
  model: string[];
  readers: Readers | null;
}

/** What a card shows of an answer; `attempts.py` says what its fields mean. `n` is the message that it answers, and `view` the view that sent it. */
interface State {
  value: any;
  confidence: number | null;
  feedback: Feedback | null;
  earlier: boolean;
  hints: string[];
  message: string;
  saved: string;
  stored: boolean;
  readable: boolean;
  newer: Newer | null;
  n: number;
  view: string;
  /** Of a question that is drafted from marks: its items now, which marks say so, and whether its value is the draft. */
  items?: Item[];
  why?: string[];
  drafted?: boolean;
}

/** An answer that was saved elsewhere meanwhile. */
interface Newer {
  value: any;
  confidence: number | null;
  saved: string;
  when: string;
}

interface StepsSpec {
  step: { label: string; words: string; notes: string[] }[];
  headings: string[];
}

interface SupportsSpec {
  supports: Item[];
  claim: { at: string; text: string; needs: string[][]; why: string }[];
}

interface RenderingsSpec {
  rendering: { who: string; parts: string[] }[];
}

type Lane = "event" | "report" | "publication";

/** Moments in hours after the first; `read` and `days` hold one list for each place. */
interface ClocksSpec {
  length: number;
  places: { text: string }[];
  days: [hours: number, day: string][][];
  happening: { lane: Lane; text: string; why: string }[];
  hours: ([from: number, to: number] | null)[];
  read: string[][];
}

interface GlossSpec {
  lang: string;
  who: string;
  word: { text: string; sound: string; form: string; sense: string; then: string }[];
  whole: string;
}

interface FingerprintPiece {
  words: string;
  sign: string;
  cards: number[];
}

/** The text as each version lights it, cut by Python; the last one lights what is on no card. */
interface FingerprintSpec {
  shown: {
    text: string;
    told: string;
    lines: { at: string; pieces: FingerprintPiece[] }[];
    cards: { words: string; found: string }[];
  }[];
}

type PanelSpec = { panel: string; kind: string; prompt: string; origin: string } & StepsSpec &
  SupportsSpec &
  RenderingsSpec &
  ClocksSpec &
  GlossSpec &
  FingerprintSpec;

interface OpenMark {
  at: string;
  start: number;
  end: number;
  words: string;
  label: string;
  note: string;
}

interface BenchSpec {
  workbench: string;
  title: string;
  passage: Line[];
  tools: { title: string; model: string; whole: boolean }[];
  layers: { name: string; marks: OpenMark[] }[];
}

interface MarksSpec {
  marks: string;
  title: string;
  passage: Line[];
  labels: { id: string; layer: string; letter: string; text: string }[];
  others: string[];
}

/** One mark as it stands; what goes with it has its `link`. */
interface MarkItem {
  number: number;
  at: string;
  start: number;
  end: number;
  words: string;
  label: string;
  link: string;
  state: "" | "draft" | "kept" | "out";
  sure: boolean;
  why: string;
}

interface MarksState {
  items: MarkItem[];
  undo: number;
  said: string;
  voices: { name: string; statements: number; sentences: string[]; vague: boolean }[];
  resting: { nobody: number; one: number; several: number; voice: string; alone: string[] };
  agreement: { with: string; rows: { label: string; left: number; right: number; both: number; share: number | null }[] } | null;
  comparison: {
    with: string;
    rows: { how: string; left: string[]; right: string[]; dropped: string[]; added: string[] }[];
    here: string[];
    both: string[];
    there: string[];
  } | null;
  file: { name: string; type: string; words: string } | null;
  n: number;
  view: string;
}

/** What the page uses of a widget's model. */
interface Model {
  get(name: string): any;
  on(event: string, call: () => void): void;
  off(event: string, call: () => void): void;
  send(message: object): void;
  widget_manager: { get_model(id: string): Promise<Model>; kernel?: Kernel | null };
  comm_live?: boolean;
}

/** What the page uses of JupyterLab's connection to the other side, where there is one. */
interface Kernel {
  statusChanged?: Signal<string>;
  connectionStatusChanged?: Signal<string>;
}

interface Signal<T> {
  connect(slot: (sender: unknown, value: T) => void): unknown;
  disconnect(slot: (sender: unknown, value: T) => void): unknown;
}
