// Streamlit closes its own navigation on a phone, but leaves the sidebar open after a page link.
const narrow = window.matchMedia("(max-width: 768px)");

export default ({ data }) => {
  document.documentElement.lang = data.language;
  const chosen = (event) => {
    if (!narrow.matches || !event.target.closest?.('[data-testid="stSidebar"] [data-testid="stPageLink"]')) return;
    document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
  };
  document.addEventListener("click", chosen);
  return () => document.removeEventListener("click", chosen);
};
