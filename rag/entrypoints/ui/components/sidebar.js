// Streamlit closes its own navigation on a phone, but leaves the sidebar open after a page link.
const narrow = window.matchMedia("(max-width: 768px)");

const open = '[data-testid="stSidebar"][data-collapsed="false"] [data-testid="stSidebarCollapseButton"] button';
const putAway = () => document.querySelector(open)?.click();

// A link that was clicked before this ran has led elsewhere than where the visit began.
const chosenBefore = () => location.pathname !== new URL(performance.getEntriesByType("navigation")[0].name).pathname;

export default ({ data }) => {
  const root = document.documentElement;
  root.lang = data.language;
  // The button of the menu has a sign and no words: who has the page read to them would hear the name of the sign.
  const name = () => document.querySelector(".st-key-base-menu button:not([aria-label])")?.setAttribute("aria-label", data.menu);
  document.querySelector(".st-key-base-menu button")?.removeAttribute("aria-label");  // it may speak another language
  const drawn = new MutationObserver(name);
  drawn.observe(document.querySelector('[data-testid="stSidebar"]'), { childList: true, subtree: true });
  name();
  if (!root.dataset.sidebar) {
    root.dataset.sidebar = "watched";
    if (narrow.matches && chosenBefore()) putAway();
  }
  const chosen = (event) => {
    if (!narrow.matches || !event.target.closest?.('[data-testid="stSidebar"] [data-testid="stPageLink"]')) return;
    putAway();
  };
  document.addEventListener("click", chosen);
  const leave = watchWhatIsDone();
  return () => { leave(); document.removeEventListener("click", chosen); drawn.disconnect(); };
};
