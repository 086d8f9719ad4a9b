/** The part of Pyodide that the book uses. */
interface Python {
  runPython(code: string): any;
  unpackArchive(archive: ArrayBuffer, format: string, options: { extractDir: string }): void;
}
export function loadPyodide(options: { indexURL: string; env: Record<string, string>; packages: string[] }): Promise<Python>;
