import { latexText } from '../../text/latex.js';

/** A figure that a document includes: its file without the ending, relative to the document, and its title. */
export interface IncludedFigure {
  readonly path: string;
  readonly title: string;
}

const HEAD = String.raw`% Every figure of this folder with its caption: pdflatex figures.tex
\documentclass{article}
\usepackage[margin=1in]{geometry}
\usepackage{amssymb}
\usepackage{graphicx}
\begin{document}
`;

/** A LaTeX document of figures with their captions, in groups that begin on a page of their own. */
export function figuresTex(groups: readonly (readonly IncludedFigure[])[]): string {
  const pages = groups.map((figures) => figures.map(included).join('\n')).join('\\clearpage\n');
  return `${HEAD}${pages}\\end{document}\n`;
}

function included({ path, title }: IncludedFigure): string {
  return String.raw`\begin{figure}[htbp]
\centering
\includegraphics{${path}.pdf}
\caption[${latexText(title)}]{\input{${path}.tex}}
\end{figure}
`;
}
