// SPDX-License-Identifier: Apache-2.0
// The reader's choice of theme; without one the page follows the system.

export function addThemeSwitch(): void {
  const tools = document.getElementById("tools");
  if (!tools) return;
  const button = document.createElement("button");
  button.type = "button";
  const dark = () => {
    const { theme } = document.documentElement.dataset;
    return theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  };
  const label = () => { button.textContent = dark() ? "Light theme" : "Dark theme"; };
  button.addEventListener("click", () => {
    document.documentElement.dataset.theme = dark() ? "light" : "dark";
    label();
  });
  label();
  tools.append(button);
}
