// What a person does is seen at once: the page that was chosen, and, when the server takes longer, that it is at work.
const LONGEST = 15000; // ms after which what was done has led to nothing
const NOTHING = 1200; // ms after which a button is taken to have asked nothing of the server
const MARKED = "[data-going]";
const APP = '[data-testid="stApp"]';

const watchWhatIsDone = () => {
  const root = document.documentElement;
  let timer = 0, ran = false;
  const unmark = () => { for (const node of document.querySelectorAll(MARKED)) delete node.dataset.going; };
  const over = () => {
    clearTimeout(timer);
    delete root.dataset.acted;
    unmark();
  };
  const acted = () => {
    root.dataset.acted = "";
    clearTimeout(timer);
    timer = setTimeout(over, LONGEST);
  };
  const clicked = (event) => {
    acted();
    const chosen = event.target.closest?.('.st-key-sidebar-pages [data-testid="stPageLink"] a, [data-testid="stButton"] button, [data-testid="stFormSubmitButton"] button');
    if (!chosen || chosen.disabled || event.ctrlKey || event.metaKey || event.shiftKey) return;
    unmark();
    chosen.dataset.going = "";
    if (chosen.tagName === "BUTTON") setTimeout(() => { if (!ran) delete chosen.dataset.going; }, NOTHING);
  };
  const entered = (event) => { if (event.key === "Enter") acted(); };
  const state = new MutationObserver(() => {
    const running = document.querySelector(APP)?.dataset.testScriptState === "running";
    if (ran && !running) over();
    ran = running;
  });
  state.observe(document.body, { subtree: true, attributes: true, attributeFilter: ["data-test-script-state"] });
  document.addEventListener("click", clicked, true);
  document.addEventListener("change", acted, true);
  document.addEventListener("keydown", entered, true);
  return () => {
    over();
    state.disconnect();
    document.removeEventListener("click", clicked, true);
    document.removeEventListener("change", acted, true);
    document.removeEventListener("keydown", entered, true);
  };
};
