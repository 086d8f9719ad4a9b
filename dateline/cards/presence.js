// Whether somebody listens on the other side of a card.

const GONE = ["restarting", "autorestarting", "terminating", "dead"];

/**
 * Tells when the other side is gone, and when it can be reached again; returns what ends the listening.
 * @param {Model} model @param {() => void} gone @param {() => void} back
 */
export function presence(model, gone, back) {
  const kernel = model.widget_manager.kernel;
  /** @param {unknown} _ @param {string} status */
  const onStatus = (_, status) => {
    if (GONE.includes(status)) gone();
  };
  /** @param {unknown} _ @param {string} status */
  const onConnection = (_, status) => (status === "connected" ? back() : gone());
  const onComm = async () => {
    const code = await model.widget_manager.get_model(model.get("code"));
    if (code.comm_live === false) gone();
  };
  model.on("comm_live_update", onComm);
  kernel?.statusChanged?.connect(onStatus);
  kernel?.connectionStatusChanged?.connect(onConnection);
  return () => {
    model.off("comm_live_update", onComm);
    kernel?.statusChanged?.disconnect(onStatus);
    kernel?.connectionStatusChanged?.disconnect(onConnection);
  };
}
