// Reports to a school's system by SCORM 1.2 that the course was opened, whether it is finished, and how much of the practice was right.
// The pages lie in a frame and say so by a message; that system's own object (API) is found in a window around this one, or not at all.

(() => {
  /** @typedef {{ LMSInitialize(none: string): string, LMSFinish(none: string): string, LMSCommit(none: string): string,
   *   LMSGetValue(name: string): string, LMSSetValue(name: string, value: string): string }} Runtime */

  /** @param {any} from @returns {Runtime | null} */
  function found(from) {
    let place = from;
    for (let depth = 0; depth < 10; depth++) {
      try {
        if (place.API) return place.API;
      } catch {
        return null; // a window of another site
      }
      if (!place.parent || place.parent === place) return null;
      place = place.parent;
    }
    return null;
  }

  const began = Date.now();
  const runtime = found(window) || (window.opener ? found(window.opener) : null);
  let open = runtime?.LMSInitialize("") === "true";

  /** @param {string} name @param {string} value */
  function tell(name, value) {
    if (open && runtime) runtime.LMSSetValue(name, value);
  }

  /** @param {number} count */
  const two = (count) => String(count).padStart(2, "0");

  function finish() {
    if (!open || !runtime) return;
    const seconds = Math.floor((Date.now() - began) / 1000);
    const hours = Math.min(Math.floor(seconds / 3600), 9999);
    tell("cmi.core.session_time", `${String(hours).padStart(4, "0")}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`);
    tell("cmi.core.exit", "suspend");
    runtime.LMSCommit("");
    runtime.LMSFinish("");
    open = false;
  }

  if (open && runtime && !["completed", "passed"].includes(runtime.LMSGetValue("cmi.core.lesson_status"))) {
    tell("cmi.core.lesson_status", "incomplete");
    runtime.LMSCommit("");
  }

  window.addEventListener("message", (event) => {
    const said = event.data?.dateline;
    if (event.origin !== window.location.origin || !said || !open || !runtime) return;
    if (Number.isFinite(said.practice) && said.practice >= 0 && said.practice <= 100) {
      tell("cmi.core.score.min", "0");
      tell("cmi.core.score.max", "100");
      tell("cmi.core.score.raw", String(Math.round(said.practice)));
    }
    if (said.finished === true) tell("cmi.core.lesson_status", "completed");
    runtime.LMSCommit("");
  });
  window.addEventListener("pagehide", finish);
})();
