export const programLatex=(p:unknown)=>String(p);export const backwardLatex=programLatex;
