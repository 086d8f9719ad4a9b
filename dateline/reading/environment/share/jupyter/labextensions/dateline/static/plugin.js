// The course inside JupyterLab: decides whether a page or a notebook is shown, and gives the frame what it needs.
import { h } from "./dom.js";
import { makeFrame } from "./frame.js";
import { makePage } from "./view.js";

const START = "notebooks/00-start.ipynb";
const RESTORED = 20_000; // milliseconds to wait for the widgets that the kernel has already
const MODE = "dateline-mode"; // in the browser's session storage: "page" or "notebook"
const here = new URL(".", import.meta.url);
const config = JSON.parse(document.getElementById("jupyter-config-data")?.textContent ?? "{}");

/** Whether pages are shown rather than notebooks: what was chosen in this tab, else how the course was opened. */
const isReading = () => (sessionStorage.getItem(MODE) ?? (config.datelineReading === "true" ? "page" : "notebook")) === "page";

/** @param {string} what @returns {Promise<any>} */
async function fetchJson(what) {
  const response = await fetch(`${config.baseUrl}dateline/${what}`, {
    headers: config.token ? { Authorization: `token ${config.token}` } : {},
  });
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
 * @param {Surroundings["take"]} take one of JupyterLab's shared modules
 * @param {Promise<Told>} course what the server knows of the course
 */
export async function extension(take, course) {
  const [{ IRenderMimeRegistry }, { INotebookTracker }, { ILabShell }] = await Promise.all(
    ["@jupyterlab/rendermime", "@jupyterlab/notebook", "@jupyterlab/application"].map(take),
  );
  return {
    id: "dateline:reading",
    autoStart: true,
    requires: [IRenderMimeRegistry],
    optional: [ILabShell, INotebookTracker],
    /** @param {JupyterLab} app @param {JupyterLab} rendermime @param {JupyterLab} shell @param {JupyterLab} tracker */
    activate: (app, rendermime, shell, tracker) => {
      // Without JupyterLab's shell (in Notebook 7) the pages stay what they are: notebooks.
      if (!shell) return;
      const resting = new Resting(app, shell);
      activate({ app, rendermime, shell, tracker, take, resting }, course).catch((error) => giveUp(resting, error));
    },
  };
}

/** Without a page to show JupyterLab is shown as it is. @param {Resting} resting @param {unknown} [why] */
function giveUp(resting, why) {
  document.body.classList.remove("rv-reading");
  resting.wake();
  if (why) console.warn("The reading view did not start.", why);
}

/** @param {Surroundings & { resting: Resting }} parts @param {Promise<Told>} course */
async function activate(parts, course) {
  const known = await course;
  const { resting } = parts;
  if (known.folder === null) return giveUp(resting, "The course lies outside what this server shows.");
  const words = async () => (await fetchJson("words")).words;
  const reader = new Course({ ...parts, known, words });
  reader.offer();
  if (!isReading()) return;
  const asked = config.treePath; // an address that names a file
  const page = asked ? pageAt(asked, known) : pageOf(location.hash, known);
  if (asked && !page) return giveUp(resting); // a file of somebody's own, which is JupyterLab's to show
  await reader.read(page);
}

/** Notebooks that JupyterLab holds open while pages are read: none of them has a kernel before somebody looks at it. */
class Resting {
  /** @param {JupyterLab} app @param {JupyterLab} shell */
  constructor(app, shell) {
    this.panels = new Map(); // a notebook and the kernel it would have started
    this.shell = shell;
    app.docRegistry.addWidgetExtension("Notebook", {
      createNew: (/** @type {JupyterLab} */ panel) => {
        if (!document.body.classList.contains("rv-reading")) return;
        this.rest(panel);
      },
    });
    shell.currentChanged.connect(() => this.wake());
  }

  /** @param {JupyterLab} panel */
  rest(panel) {
    const { sessionContext } = panel.context;
    if (this.panels.has(panel)) return;
    this.panels.set(panel, sessionContext.kernelPreference);
    sessionContext.kernelPreference = { ...sessionContext.kernelPreference, shouldStart: false };
    panel.disposed.connect(() => this.panels.delete(panel));
  }

  /** Give the notebook in front its kernel. */
  async wake() {
    const panel = this.shell.currentWidget;
    if (document.body.classList.contains("rv-reading") || !this.panels.has(panel)) return;
    const { sessionContext } = panel.context;
    sessionContext.kernelPreference = this.panels.get(panel);
    this.panels.delete(panel);
    await sessionContext.ready;
    if (!sessionContext.session) await sessionContext.startKernel();
  }
}

/** @param {string} page */
const addressOf = (page) => `${location.pathname}#${page.replace(/^notebooks\//, "").replace(/\.ipynb$/, "")}`;

/** The page that the end of an address means, or none: a lesson by its name, or a text beside the lessons by its path. @param {string} hash @param {Known} known */
function pageOf(hash, known) {
  const wanted = decodeURIComponent(hash.slice(1));
  const names = [wanted, `notebooks/${wanted}.ipynb`, `${wanted}.ipynb`];
  return names.find((name) => name in known.pages) ?? (wanted.endsWith(".md") ? wanted : undefined);
}

/** The page and the place that a link in the prose means, or nothing for what lies elsewhere. @param {string} href @param {Known} known @returns {[string, string] | undefined} */
function linked(href, known) {
  const address = new URL(href, location.href);
  if (address.origin !== location.origin) return undefined;
  const file = decodeURIComponent(address.pathname).split("/").pop() ?? "";
  const page = Object.keys(known.pages).find((one) => one.endsWith(`/${file}`)) ?? (file.endsWith(".md") ? `data/${file}` : undefined);
  return page ? [page, decodeURIComponent(address.hash.slice(1))] : undefined;
}

/** The page that a file is, or none. @param {string} path @param {Known} known */
function pageAt(path, known) {
  const page = path.startsWith(known.folder) ? path.slice(known.folder.length) : "";
  return page in known.pages ? page : undefined;
}

class Course {
  /** @param {Surroundings & { resting: Resting, known: Known, words: Host["words"] }} parts */
  constructor(parts) {
    this.app = parts.app;
    this.rendermime = parts.rendermime;
    this.shell = parts.shell;
    this.tracker = parts.tracker;
    this.take = parts.take;
    this.resting = parts.resting;
    this.known = parts.known;
    this.words = parts.words;
    /** @type {ShownPage | null} */
    this.page = null;
    /** @type {Frame} made by `read`, before anything is shown */
    this.frame = /** @type {any} */ (null);
    /** @type {Promise<JupyterLab> | null} */
    this.tools = null;
    /** @type {Promise<JupyterLab> | null} */
    this.connected = null;
    this.turn = 0; // counts openings, so that a slow page never takes the place of one that was asked for later
  }

  /** A button in JupyterLab's own top line, for whoever looks at notebooks. */
  offer() {
    const { commands } = this.app;
    commands.addCommand("dateline:read", { label: "Read as a page", execute: () => this.read(this.notebookShown()) });
    const node = h(
      "button",
      { type: "button", class: "rv-read-button", onclick: () => commands.execute("dateline:read") },
      "Read as a page",
    );
    this.take("@lumino/widgets").then(({ Widget }) => {
      const widget = new Widget({ node });
      widget.id = "dateline-read";
      this.shell.add(widget, "top", { rank: 1000 });
    });
  }

  /** The course's page behind the notebook in front, if there is one. */
  notebookShown() {
    return pageAt(this.tracker?.currentWidget?.context.path ?? "", this.known) ?? this.page?.node.dataset.page;
  }

  /** @param {string} [page] */
  async read(page) {
    sessionStorage.setItem(MODE, "page");
    this.closeNotebooks();
    this.frame ??= this.makeFrame();
    this.cover(true);
    await this.open(page ?? START);
  }

  /** The course's notebooks give their kernels back while pages are read; answers are in files, so nothing is lost. */
  closeNotebooks() {
    this.tracker
      ?.filter((/** @type {JupyterLab} */ panel) => pageAt(panel.context.path, this.known))
      .forEach((/** @type {JupyterLab} */ panel) => {
        this.resting.rest(panel);
        panel.context.sessionContext.shutdown().catch(() => {});
      });
  }

  makeFrame() {
    const { known } = this;
    const frame = makeFrame({
      known,
      start: START,
      href: addressOf,
      linked: (href) => linked(href, known),
      open: (page, at) => this.open(page, at),
      words: this.words,
      handIn: (place) => this.handIn(place),
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

  /** Put the frame over JupyterLab, or take it away. Below it JupyterLab keeps its place and hears no key. @param {boolean} isOver */
  cover(isOver) {
    this.frame.node.hidden = !isOver;
    document.body.classList.toggle("rv-reading", isOver);
    document.body.toggleAttribute("data-lm-suppress-shortcuts", isOver);
  }

  async showNotebook() {
    const page = this.page?.node.dataset.page ?? START;
    sessionStorage.setItem(MODE, "notebook");
    this.cover(false);
    this.resting.wake();
    const isText = page.endsWith(".md");
    await this.app.commands.execute("docmanager:open", {
      path: `${this.known.folder}${page}`,
      factory: isText ? "Markdown Preview" : "Notebook",
    });
  }

  /** Everything of JupyterLab that a page needs, asked for once. */
  async jupyter() {
    const [{ OutputArea, OutputAreaModel }, { Widget }, { RenderMimeRegistry }] = await Promise.all(
      ["@jupyterlab/outputarea", "@lumino/widgets", "@jupyterlab/rendermime"].map(this.take),
    );
    const { contents } = this.app.serviceManager;
    const resolver = new RenderMimeRegistry.UrlResolver({ path: `${this.known.folder}${START}`, contents });
    const rendermime = this.rendermime.clone({ resolver });
    rendermime.latexTypesetter = null; // in a course on news two dollar signs are two sums of money
    return { OutputArea, OutputAreaModel, Widget, rendermime };
  }

  /** The one session of the course, with its kernel told to speak of progress and of cards. */
  async connect() {
    const [{ SessionContext }, { Signal }, widgets, { rendermime }] = await Promise.all([
      this.take("@jupyterlab/apputils"),
      this.take("@lumino/signaling"),
      this.take("@jupyter-widgets/jupyterlab-manager"),
      this.tools,
    ]);
    const { kernels, sessions, kernelspecs } = this.app.serviceManager;
    await kernelspecs.ready;
    const session = new SessionContext({
      kernelManager: kernels,
      sessionManager: sessions,
      specsManager: kernelspecs,
      path: this.known.session,
      name: "Reading the Dateline",
      type: "notebook",
      kernelPreference: { name: kernelspecs.specs?.default, shouldStart: true },
    });
    this.session = session;
    await session.initialize();
    await session.ready;
    const context = {
      sessionContext: session,
      saveState: new Signal({}),
      model: { getMetadata: () => undefined, dirty: false },
      urlResolver: rendermime.resolver,
    };
    session.statusChanged.connect((/** @type {unknown} */ _, /** @type {string} */ status) => this.heard(status));
    await this.listen();
    await new Promise((/** @type {(none: void) => void} */ resolve) => {
      // The manager first asks the kernel for what it has. A card that is opened meanwhile would be made twice, and one of the two never
      // hears again; so no cell runs before that is over. The list is for what shows widgets already: it is how one gets at the manager.
      const shown = {
        /** @param {any} manager */
        set manager(manager) {
          if (manager.restoredStatus) resolve();
          else manager.restored.connect(() => resolve());
        },
      };
      setTimeout(resolve, RESTORED);
      widgets.registerWidgetManager(context, rendermime, [shown]);
    });
    return session;
  }

  /** Show in `place` the card that hands in, the same as on the pages; returns what takes it away. @param {HTMLElement} place */
  async handIn(place) {
    const [{ OutputArea, OutputAreaModel, Widget, rendermime }] = await Promise.all([this.tools, this.connected]);
    const model = new OutputAreaModel({ trusted: true });
    const area = new OutputArea({ model, rendermime, contentFactory: OutputArea.defaultContentFactory });
    area.future = this.kernel().requestExecute({
      code: "from dateline.lesson import hand_in\nhand_in()",
      silent: false,
      store_history: false,
    });
    place.replaceChildren();
    Widget.attach(area, place);
    return () => area.isDisposed || area.dispose();
  }

  kernel() {
    return this.session.session.kernel;
  }

  /** Hear from the kernel where the learner stands. */
  async listen() {
    const kernel = this.kernel();
    // Without ipywidgets nobody answers the widgets' manager, and it waits for four seconds.
    const code = "import ipywidgets\nfrom dateline.reading.live import serve\nserve()";
    await kernel.requestExecute({ code, silent: true, store_history: false }).done;
    const comm = kernel.createComm("dateline");
    let isFirst = true;
    comm.onMsg = (/** @type {any} */ message) => {
      this.known.standing = message.content.data.standing;
      this.frame.stand(this.known.standing, !isFirst);
      isFirst = false;
    };
    comm.open();
  }

  /** What happens to the kernel, and what is done about it: it comes back by itself, and then the page comes back to life. @param {string} status */
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

  /** Open a page; what goes wrong is said above it, with a button to try again. @param {string} name @param {string} [at] */
  async open(name, at) {
    const turn = ++this.turn;
    this.frame.warn("");
    try {
      await this.show(name, at, turn);
    } catch (error) {
      console.error(error);
      if (turn !== this.turn) return; // somebody has turned the page meanwhile
      this.connected = null;
      const again = h("button", { type: "button", class: "rv-tool", onclick: () => this.open(name, at) }, "Try again");
      this.frame.warn("This page could not be opened whole. Your saved answers are safe.", again);
    }
  }

  /**
   * A page is shown as it is stored, and alive as soon as the kernel and the page are both there.
   * @param {string} name
   * @param {string | undefined} at
   * @param {number} turn
   */
  async show(name, at, turn) {
    const isFirst = !this.page;
    this.tools ??= this.jupyter();
    this.connected ??= this.app.started.then(() => this.connect());
    this.frame.at(name);
    document.title = `${this.known.pages[name]?.title ?? name} · Reading the Dateline`;
    const page = makePage(await this.tools, this.known, name, await this.stored(name));
    if (turn !== this.turn) return;
    const { main } = this.frame;
    this.page?.close();
    this.page = page;
    main.replaceChildren(page.node);
    main.scrollTop = 0;
    if (pageOf(location.hash, this.known) !== name) history[isFirst ? "replaceState" : "pushState"](history.state, "", addressOf(name));
    await page.draw();
    if (turn !== this.turn) return;
    this.foot(name);
    if (!isFirst) main.focus({ preventScroll: true });
    if (at) page.place(at)?.scrollIntoView();
    await this.connected;
    if (turn !== this.turn) return;
    await page.start(this.kernel());
    if (turn === this.turn) this.frame.say(`${this.known.pages[name]?.title ?? name} is ready.`);
  }

  /** A page's notebook as it is stored; a text beside the lessons is a page of one cell. @param {string} name @returns {Promise<{ cells: NotebookCell[] }>} */
  async stored(name) {
    const isText = name.endsWith(".md");
    const file = await this.app.serviceManager.contents.get(`${this.known.folder}${name}`, {
      type: isText ? "file" : "notebook",
      content: true,
    });
    return isText ? { cells: [{ cell_type: "markdown", id: "whole", source: file.content }] } : file.content;
  }

  /** At the end of a page stands the way to the next. @param {string} name */
  foot(name) {
    const next = this.frame.after(name);
    if (next)
      this.page?.node.append(
        h(
          "p",
          { class: "rv-foot" },
          h("a", { href: addressOf(next.page), "data-page": next.page }, `Go on: ${[next.number, next.title].filter(Boolean).join(" ")}`),
        ),
      );
  }
}
