// Runs before the first paint, so that a dark page never flashes white; a classic script, because modules run late.
(() => {
  const kept = (() => { try { return localStorage.getItem("jingkai.theme"); } catch { return null; } })();
  const dark = kept ? kept === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.setAttribute("data-bs-theme", dark ? "dark" : "light");
})();
