export async function runWpt() { throw new Error('not yet'); }
