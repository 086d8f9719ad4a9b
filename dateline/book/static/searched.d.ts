declare const sections: Section[];
export default sections;
