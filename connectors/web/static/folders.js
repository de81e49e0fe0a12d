// The files of a folder that was chosen or dropped, each with its path below that folder.

/** Return what a file is called: its path without the folder that was chosen. */
export function pathOf(file) {
  const path = file.webkitRelativePath;
  return path ? path.split("/").slice(1).join("/") : file.name;
}

/** Resolve to the files of a drop as {file, name}, folders with all in them; a folder alone is left out of the names. */
export async function filesIn(transfer) {
  const entries = Array.from(transfer.items ?? [], (item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return Array.from(transfer.files, (file) => ({ file, name: file.name }));
  const found = [];
  const alone = entries.length === 1 && entries[0].isDirectory;
  for (const entry of entries) await walk(entry, alone ? "" : entry.name, found);
  return found;
}

async function walk(entry, name, found) {
  if (entry.name.startsWith(".") || entry.name.startsWith("~$") || entry.name === "Thumbs.db") return; // nobody means these
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject)).catch(() => null);
    if (file) found.push({ file, name });
    return;
  }
  const reader = entry.createReader();
  for (;;) { // it gives a hundred at a time
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject)).catch(() => []);
    if (!some.length) return;
    for (const each of some) await walk(each, name ? `${name}/${each.name}` : each.name, found);
  }
}
