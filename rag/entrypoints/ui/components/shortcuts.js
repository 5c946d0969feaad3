// "/" brings the keyboard to the question, wherever it is on the page.
export default function () {
  const key = (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event)) return;
    const question = document.querySelector(".st-key-ask-foot textarea");
    if (!question) return;
    event.preventDefault();
    question.focus();
  };
  document.addEventListener("keydown", key);
  return () => document.removeEventListener("keydown", key);
}
