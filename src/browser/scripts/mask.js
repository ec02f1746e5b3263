// Overwrites secrets wherever the page shows or holds them.
const overwrite = (secrets, text) => secrets.reduce((masked, secret) => masked.replaceAll(secret, '[secret]'), text);

function mask(secrets) {
  for (const element of document.querySelectorAll('*')) {
    if ('value' in element && typeof element.value === 'string') {
      const masked = overwrite(secrets, element.value);
      if (masked !== element.value) element.value = masked;
    }
    for (const attribute of element.attributes) {
      const masked = overwrite(secrets, attribute.value);
      if (masked !== attribute.value) attribute.value = masked;
    }
    for (const node of element.childNodes) {
      if (node.nodeType !== Node.TEXT_NODE) continue;
      const masked = overwrite(secrets, node.data);
      if (masked !== node.data) node.data = masked;
    }
  }
  return true;
}
