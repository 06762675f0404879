"use strict";
// What the page does more where scripts run: files are dropped on it, and what is new is seen.
(() => {
  const result = () => document.getElementById("result");

  // A file that is dropped anywhere is asked about, as if it were chosen.
  const carriesFile = (event) => event.dataTransfer && event.dataTransfer.types.includes("Files");
  document.documentElement.classList.add("scripted");
  document.addEventListener("dragover", (event) => {
    if (!carriesFile(event)) return;
    event.preventDefault();
    document.body.classList.toggle("dropping", Boolean(document.getElementById("file")));
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) document.body.classList.remove("dropping");
  });
  document.addEventListener("drop", (event) => {
    if (!carriesFile(event)) return;
    event.preventDefault();
    document.body.classList.remove("dropping");
    const file = document.getElementById("file");
    if (!file || event.dataTransfer.files.length === 0) return;
    file.files = event.dataTransfer.files;
    file.form.requestSubmit();
  });

  // A link to a field unfolds what it stands in.
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#f-"]');
    const field = link && document.getElementById(link.hash.slice(1));
    for (let at = field; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    if (field) field.focus();
  });

  // While it is asked, that is said; then the answer has the focus, so that it is read.
  const busy = (event, text) => {
    const told = event.target.querySelector && event.target.querySelector(".busy");
    if (told) told.textContent = text;
  };
  document.addEventListener("htmx:beforeRequest", (event) => busy(event, "Asking…"));
  document.addEventListener("htmx:afterRequest", (event) => busy(event, ""));
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "result" && event.target !== document.body) return;
    const told = result().querySelector("[autofocus]") || result().querySelector("h2[tabindex]");
    if (told) told.focus({ preventScroll: true });
  });

  // What is no page of ours replaces nothing.
  const refused = (text) => {
    const told = document.createElement("p");
    told.className = "problem";
    told.setAttribute("role", "alert");
    told.textContent = text;
    result().replaceChildren(told);
  };
  document.addEventListener("htmx:beforeSwap", (event) => {
    const answer = event.detail.xhr;
    if ((answer.getResponseHeader("content-type") || "").startsWith("text/html")) return;
    event.detail.shouldSwap = false;
    let said = "";
    try {
      const problem = JSON.parse(answer.responseText);
      said = ` ${problem.detail}: ${problem.hint}.`;
    } catch { /* It says nothing that can be read. */ }
    refused(`No answer was given.${said}`);
  });
  document.addEventListener("htmx:sendError", () =>
    refused("No answer was given: the server cannot be reached. Ask again."));
})();
