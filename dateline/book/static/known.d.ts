declare const known: BookKnown;
export default known;
