/** A delivered file is known by its path inside the delivery; lists show its name, hover and headings its folder. */

export function fileName(path: string): string {
  return path.split("/").at(-1) ?? path;
}

export function folderName(path: string): string | null {
  const parts = path.split("/").slice(0, -1);
  return parts.length === 0 ? null : parts.join("/");
}
