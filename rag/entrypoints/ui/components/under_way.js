// What a person does is seen at once: the page that was chosen, and, when the server takes longer, that it is at work.
const LONGEST = 15000; // ms after which what was done has led to nothing
const APP = '[data-testid="stApp"]';

const watchWhatIsDone = () => {
  const root = document.documentElement;
  let timer = 0;
  const over = () => {
    clearTimeout(timer);
    delete root.dataset.acted;
    for (const link of document.querySelectorAll("a[data-going]")) delete link.dataset.going;
  };
  const acted = () => {
    root.dataset.acted = "";
    clearTimeout(timer);
    timer = setTimeout(over, LONGEST);
  };
  const clicked = (event) => {
    acted();
    const link = event.target.closest?.('.st-key-sidebar-pages [data-testid="stPageLink"] a');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    for (const other of document.querySelectorAll("a[data-going]")) delete other.dataset.going;
    link.dataset.going = "";
  };
  const entered = (event) => { if (event.key === "Enter") acted(); };
  let ran = false;
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
