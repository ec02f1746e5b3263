// Runs in the page: shows one page of a gallery, whose number is the address's fragment.
// A page is HTML, or elements of React, or a pair of one of these and a selector of what is to be clicked to open it.
import { createRoot } from 'react-dom/client';

export function show({ default: pages, Frame, afterwards }) {
  const page = Object.values(pages)[Number(location.hash.slice(1))];
  const [content] = Array.isArray(page) ? page : [page];
  const root = document.getElementById('root');
  if (typeof content === 'string') root.innerHTML = content;
  else createRoot(root).render(<Frame>{content}</Frame>);
  afterwards?.();
}

/// What is to be clicked on each page, by its title.
export const openers = (pages) => Object.entries(pages).map(([title, page]) => ({ title, click: Array.isArray(page) ? page[1] : null }));
