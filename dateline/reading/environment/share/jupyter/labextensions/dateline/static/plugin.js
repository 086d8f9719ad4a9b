// The course inside JupyterLab: decides whether a page or a notebook is shown, and gives the frame what it needs.
import { h } from "./dom.js";
import { makeFrame } from "./frame.js";
import { makePage } from "./view.js";

const START = "notebooks/00-start.ipynb";
const MODE = "dateline-mode"; // in the browser's session storage: "page" or "notebook"
const here = new URL(".", import.meta.url);
const config = JSON.parse(document.getElementById("jupyter-config-data")?.textContent ?? "{}");

/** Whether pages are shown rather than notebooks: what was chosen in this tab, else how the course was opened. */
const isReading = () => (sessionStorage.getItem(MODE) ?? (config.datelineReading === "true" ? "page" : "notebook")) === "page";

async function fetchJson(what) {
  const response = await fetch(`${config.baseUrl}dateline/${what}`, { headers: config.token ? { Authorization: `token ${config.token}` } : {} });
  if (!response.ok) throw new Error(`The course did not answer (${response.status}).`);
  return response.json();
}

/** Before JupyterLab itself starts: ask for the course, and keep JupyterLab out of sight where pages are read. */
export function start() {
  document.head.append(h("link", { rel: "stylesheet", href: new URL("style.css", here) }));
  document.body.classList.toggle("rv-reading", isReading());
  return fetchJson("course");
}

/**
 * @param {(name: string) => Promise<any>} take one of JupyterLab's shared modules
 * @param {Promise<any>} course what the server knows of the course
 */
export async function extension(take, course) {
  const [{ IRenderMimeRegistry }, { INotebookTracker }, { ILabShell }] = await Promise.all(
    ["@jupyterlab/rendermime", "@jupyterlab/notebook", "@jupyterlab/application"].map(take));
  return {
    id: "dateline:reading",
    autoStart: true,
    requires: [IRenderMimeRegistry],
    optional: [ILabShell, INotebookTracker],
    activate: (app, rendermime, shell, tracker) => {
      // Without JupyterLab's shell (in Notebook 7) the pages stay what they are: notebooks.
      if (shell) activate(app, rendermime, shell, tracker, take, course).catch((error) => giveUp(error));
    },
  };
}

/** Without the course's data JupyterLab is shown as it is. */
function giveUp(error) {
  document.body.classList.remove("rv-reading");
  console.warn("The reading view did not start.", error);
}

async function activate(app, rendermime, shell, tracker, take, course) {
  const resting = new Resting(app, shell);
  const known = await course;
  if (known.folder === null) return giveUp("The course lies outside what this server shows.");
  const words = async () => (await fetchJson("words")).words;
  const reader = new Course({ app, rendermime, shell, tracker, take, known, words, resting });
  reader.offer();
  if (isReading()) await reader.read(pageOf(location.hash, known));
}

/** Notebooks that JupyterLab restores while pages are read: none of them starts a kernel before somebody looks at it. */
class Resting {
  constructor(app, shell) {
    const panels = new Map();
    this.panels = panels;
    app.docRegistry.addWidgetExtension("Notebook", {
      createNew(panel, context) {
        if (!document.body.classList.contains("rv-reading")) return;
        const { sessionContext } = context;
        panels.set(panel, sessionContext.kernelPreference);
        sessionContext.kernelPreference = { ...sessionContext.kernelPreference, shouldStart: false };
        panel.disposed.connect(() => panels.delete(panel));
      },
    });
    shell.currentChanged.connect((_, { newValue }) => this.wake(newValue));
  }

  wake(panel) {
    if (document.body.classList.contains("rv-reading") || !this.panels.has(panel)) return;
    const { sessionContext } = panel.context ?? panel;
    sessionContext.kernelPreference = this.panels.get(panel);
    this.panels.delete(panel);
    sessionContext.startKernel();
  }
}

const hashOf = (page) => `#${page.replace(/^notebooks\//, "").replace(/\.ipynb$/, "")}`;

/** The page that an address means, or none. */
function pageOf(hash, known) {
  const wanted = decodeURIComponent(hash.slice(1));
  return Object.keys(known.pages).find((page) => wanted && hashOf(page) === `#${wanted}`);
}

class Course {
  constructor(parts) {
    Object.assign(this, parts);
    this.page = null;
    this.frame = null;
    this.turn = 0; // counts openings, so that a slow page never takes the place of one that was asked for later
  }

  /** A button in JupyterLab's own top line, for whoever looks at notebooks. */
  offer() {
    const { commands } = this.app;
    commands.addCommand("dateline:read", { label: "Read as a page", execute: () => this.read(this.notebookShown()) });
    const node = h("button", { type: "button", class: "rv-read-button", onclick: () => commands.execute("dateline:read") }, "Read as a page");
    this.take("@lumino/widgets").then(({ Widget }) => {
      const widget = new Widget({ node });
      widget.id = "dateline-read";
      this.shell.add(widget, "top", { rank: 1000 });
    });
  }

  /** The course's page behind the notebook in front, if there is one. */
  notebookShown() {
    const path = this.tracker?.currentWidget?.context.path ?? "";
    const page = path.startsWith(this.known.folder) ? path.slice(this.known.folder.length) : "";
    return page in this.known.pages ? page : this.page?.node.dataset.page;
  }

  async read(page) {
    sessionStorage.setItem(MODE, "page");
    this.frame ??= this.makeFrame();
    this.cover(true);
    await this.open(page ?? START);
  }

  makeFrame() {
    const { known } = this;
    const frame = makeFrame({
      known,
      start: START,
      href: hashOf,
      open: (page, at) => this.open(page, at),
      words: this.words,
      tools: () => [h("button", { type: "button", class: "rv-tool", onclick: () => this.showNotebook() }, "Show the notebook")],
    });
    frame.stand(known.standing);
    document.body.append(frame.node);
    window.addEventListener("hashchange", () => {
      const page = pageOf(location.hash, known);
      if (page && page !== this.page?.node.dataset.page && !frame.node.hidden) this.open(page);
    });
    return frame;
  }

  /** Put the frame over JupyterLab, or take it away. Below it JupyterLab keeps its place and hears no key. */
  cover(isOver) {
    this.frame.node.hidden = !isOver;
    document.body.classList.toggle("rv-reading", isOver);
    document.body.toggleAttribute("data-lm-suppress-shortcuts", isOver);
    document.getElementById("main")?.toggleAttribute("inert", isOver);
  }

  async showNotebook() {
    const page = this.page.node.dataset.page;
    sessionStorage.setItem(MODE, "notebook");
    this.cover(false);
    this.resting.wake(this.shell.currentWidget);
    const kernel = this.session?.session?.kernel;
    await this.app.commands.execute("docmanager:open", { path: `${this.known.folder}${page}`, factory: "Notebook", kernel: kernel && { id: kernel.id } });
  }

  /** Everything of JupyterLab that a page needs, asked for once. */
  async jupyter() {
    const [{ OutputArea, OutputAreaModel }, { Widget }, { RenderMimeRegistry }] = await Promise.all(
      ["@jupyterlab/outputarea", "@lumino/widgets", "@jupyterlab/rendermime"].map(this.take));
    const { contents } = this.app.serviceManager;
    const resolver = new RenderMimeRegistry.UrlResolver({ path: `${this.known.folder}${START}`, contents });
    const rendermime = this.rendermime.clone({ resolver });
    rendermime.latexTypesetter = null; // in a course on news two dollar signs are two sums of money
    return { OutputArea, OutputAreaModel, Widget, rendermime };
  }

  /** The one session of the course, with its kernel told to speak of progress and of cards. */
  async connect() {
    const [{ SessionContext }, { Signal }, widgets, { rendermime }] = await Promise.all([
      this.take("@jupyterlab/apputils"), this.take("@lumino/signaling"), this.take("@jupyter-widgets/jupyterlab-manager"), this.tools]);
    const { kernels, sessions, kernelspecs } = this.app.serviceManager;
    const session = new SessionContext({
      kernelManager: kernels, sessionManager: sessions, specsManager: kernelspecs,
      path: this.known.session, name: "Reading the Dateline", type: "notebook", kernelPreference: { language: "python", shouldStart: true },
    });
    this.session = session;
    await session.initialize();
    await session.ready;
    const context = { sessionContext: session, saveState: new Signal({}), model: { getMetadata: () => undefined, dirty: false }, urlResolver: rendermime.resolver };
    widgets.registerWidgetManager(context, rendermime, []);
    session.statusChanged.connect((_, status) => this.heard(status));
    await this.listen();
    return session;
  }

  kernel() { return this.session.session.kernel; }

  /** Hear from the kernel where the learner stands. */
  async listen() {
    const kernel = this.kernel();
    await kernel.requestExecute({ code: "from dateline.reading.live import serve\nserve()", silent: true, store_history: false }).done;
    const comm = kernel.createComm("dateline");
    let isFirst = true;
    comm.onMsg = (message) => {
      this.known.standing = message.content.data.standing;
      this.frame.stand(this.known.standing, !isFirst);
      isFirst = false;
    };
    comm.open();
  }

  /** What happens to the kernel, and what is done about it: it comes back by itself, and then the page comes back to life. */
  async heard(status) {
    if (status === "restarting" || status === "autorestarting") this.isDown = true;
    if (status === "dead") {
      const again = h("button", { type: "button", class: "rv-tool", onclick: () => this.session.restartKernel() }, "Start it again");
      this.frame.warn("The course has stopped. Your saved answers are safe.", again);
    }
    if (status === "idle" && this.isDown) {
      this.isDown = false;
      this.frame.warn("");
      await this.listen();
      await this.page?.start(this.kernel());
    }
  }

  /** Open a page: shown as it is stored, alive as soon as the kernel and the page are both there. */
  async open(name, at) {
    const turn = ++this.turn;
    const isFirst = !this.page;
    this.tools ??= this.jupyter();
    this.connected ??= this.app.started.then(() => this.connect());
    this.frame.at(name);
    document.title = `${this.known.pages[name]?.title ?? name} · Reading the Dateline`;
    const { contents } = this.app.serviceManager;
    const [jupyter, file] = await Promise.all([this.tools, contents.get(`${this.known.folder}${name}`, { type: "notebook", content: true })]);
    if (turn !== this.turn) return;
    const page = makePage(jupyter, this.known, name, file.content);
    const { main } = this.frame;
    this.page?.close();
    this.page = page;
    main.replaceChildren(page.node);
    main.scrollTop = 0;
    if (location.hash !== hashOf(name)) history[isFirst ? "replaceState" : "pushState"](history.state, "", hashOf(name));
    await page.draw();
    this.foot(name);
    if (!isFirst) main.focus({ preventScroll: true });
    if (at) page.place(at)?.scrollIntoView();
    await this.connected;
    if (turn !== this.turn) return;
    await page.start(this.kernel());
    if (turn === this.turn) this.frame.say(`${this.known.pages[name]?.title ?? name} is ready.`);
  }

  /** At the end of a page stands the way to the next. */
  foot(name) {
    const next = this.frame.after(name);
    if (next) this.page.node.append(h("p", { class: "rv-foot" }, h("a", { href: hashOf(next.page), "data-page": next.page }, `Go on: ${[next.number, next.title].filter(Boolean).join(" ")}`)));
  }
}
