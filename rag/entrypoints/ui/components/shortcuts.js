// "/" brings the keyboard to the question; a question that a reload has overtaken on its way is put there again.
const SENT = "pagecite:sent";
const SOON = 20000; // ms after which a question is not given back any more
const field = () => document.querySelector(".st-key-ask-foot textarea");

const keep = () => {
  const text = field()?.value.trim();
  if (text) sessionStorage.setItem(SENT, JSON.stringify({ text, at: Date.now() }));
};

// What is asked stands as a heading in its turn; until the page is whole, nobody knows.
const giveBack = () => {
  const { text, at } = JSON.parse(sessionStorage.getItem(SENT) ?? "{}");
  if (!text || at > performance.timeOrigin) return true;  // sent by this page
  const app = document.querySelector('[data-testid="stApp"]');
  const asked = [...document.querySelectorAll('[class*="st-key-turn-"] *')].some((node) =>
    [...(node.shadowRoot?.querySelectorAll("h2") ?? [])].some((head) => head.textContent === text));
  if (!asked && Date.now() - at < SOON) {
    if (app?.dataset.testScriptState !== "notRunning" || !field()) return false;
    if (!field().value) {
      Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(field(), text);
      field().dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  sessionStorage.removeItem(SENT);
  return true;
};

let answers = null;
const tell = (root, data) => {
  const said = root.querySelector(".said") ?? root.appendChild(el("p", { class: "said", role: "status", "data-testid": "said" }));
  if (answers !== null && data.answers !== answers) said.textContent = data.answers > answers ? data.ready : "";
  answers = data.answers;
};

export default function ({ data, parentElement }) {
  tell(parentElement, data);
  const key = (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target === field()) keep();
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event)) return;
    const question = field();
    if (!question) return;
    event.preventDefault();
    question.focus();
  };
  const click = (event) => { if (event.target.closest?.('[data-testid="stChatInputSubmitButton"]')) keep(); };
  document.addEventListener("keydown", key, true);
  document.addEventListener("click", click, true);
  return () => {
    document.removeEventListener("keydown", key, true);
    document.removeEventListener("click", click, true);
  };
}

if (performance.getEntriesByType("navigation")[0]?.type === "reload") {
  const looking = setInterval(() => { if (giveBack()) clearInterval(looking); }, 300);
}
