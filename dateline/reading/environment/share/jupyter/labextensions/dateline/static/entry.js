// What JupyterLab loads: a container in the form of webpack's module federation, written by hand so that nothing is built.
// JupyterLab hands over its shared modules in `init` and asks for the extension in `get`.
(() => {
  const here = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  /** @type {Record<string, Record<string, JupyterLab>>} */
  let shared = {};

  /** One of JupyterLab's own modules, in whatever version this JupyterLab has. @param {string} name */
  const take = async (name) => {
    const [version] = Object.values(shared[name] ?? {});
    if (!version) throw new Error(`JupyterLab has no module ${name}`);
    return (await version.get())();
  };

  const started = import(new URL("plugin.js", here).href).then((plugin) => ({ plugin, course: plugin.start() }));

  window._JUPYTERLAB = window._JUPYTERLAB ?? {};
  window._JUPYTERLAB.dateline = {
    init: (/** @type {typeof shared} */ scope) => {
      shared = scope;
    },
    get: async () => {
      const { plugin, course } = await started;
      const found = await plugin.extension(take, course);
      return () => ({ __esModule: true, default: found });
    },
  };
})();
