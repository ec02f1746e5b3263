// Whether the page shows any of these texts: in its text, or in a field that does not hide what it holds.
function reveals(secrets) {
  const shown = [document.documentElement.innerText];
  for (const field of document.querySelectorAll('input:not([type=password]), textarea, select')) shown.push(field.value);
  return secrets.some((secret) => shown.some((text) => text.includes(secret)));
}
