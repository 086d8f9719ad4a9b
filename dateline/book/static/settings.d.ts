/** The path that this book was made for, or nothing. */
declare const settings: { path: string };
export default settings;
