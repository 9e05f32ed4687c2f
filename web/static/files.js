// Says at once that a chosen file is too large, before it travels; the server checks again.
"use strict";

const LARGEST = 10 * 1024 * 1024;

document.addEventListener("change", (event) => {
  const input = event.target;
  if (input.type !== "file") return;
  const id = `${input.id}-large`;
  document.getElementById(id)?.remove();
  if (![...input.files].some((file) => file.size > LARGEST)) return;
  const said = document.createElement("p");
  said.id = id;
  said.className = "err";
  said.setAttribute("role", "alert");
  said.textContent = input.form.dataset.tooLarge;
  input.closest("label").before(said);
  input.value = "";
});
