/**
 * Text with the letters and signs of mathematics as LaTeX that pdflatex typesets with the packages `inputenc`
 * and `amssymb`, which every installation has. What it does not know stays as it is.
 */
export function latexText(text: string): string {
  const braced = text.replace(
    /\^(?:\{([^}]*)\}|(\w))/g,
    (_, inner?: string, one?: string) => `\ue001${inner ?? one}\ue002`,
  );
  const accented = braced.normalize('NFD').replace(ACCENTED, (_, letter: string, mark: string) => {
    return `\ue003${ACCENTS[mark]}{${GREEK[letter] ? `\\${GREEK[letter]}` : letter}}\ue004`;
  });
  return accented
    .split(/(\ue003[^\ue004]*\ue004)/)
    .map((part) => (part.startsWith('\ue003') ? math(part.slice(1, -1)) : plain(part)))
    .join('');
}

function plain(text: string): string {
  return Array.from(text, (character) => LATEX.get(character) ?? character).join('');
}

/** Marks over a letter, which stand behind it in Unicode. */
const ACCENTS: Readonly<Record<string, string>> = {
  '\u0302': '\\hat',
  '\u0303': '\\tilde',
  '\u0304': '\\bar',
};
const ACCENTED = /(.)([\u0302\u0303\u0304])/gu;

const math = (command: string) => `\\ensuremath{${command}}`;
const above = (text: string) => `\\textsuperscript{${text}}`;
const below = (text: string) => `\\textsubscript{${text}}`;

const PLAIN: Readonly<Record<string, string>> = {
  '\ue001': '\\textsuperscript{',
  '\ue002': '}',
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  '#': '\\#',
  $: '\\$',
  '%': '\\%',
  '&': '\\&',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '<': math('<'),
  '>': math('>'),
  '|': math('|'),
  '’': "'",
  '‘': '`',
  '“': '``',
  '”': "''",
  '–': '--',
  '—': '---',
  '…': '\\ldots{}',
  '\u00a0': '~',
  '\u202f': '\\,',
  '½': math('\\frac12'),
  '°': math('{}^\\circ'),
};

const GREEK: Readonly<Record<string, string>> = {
  α: 'alpha',
  β: 'beta',
  γ: 'gamma',
  δ: 'delta',
  ε: 'varepsilon',
  ζ: 'zeta',
  η: 'eta',
  θ: 'theta',
  κ: 'kappa',
  λ: 'lambda',
  μ: 'mu',
  ν: 'nu',
  ξ: 'xi',
  π: 'pi',
  ρ: 'rho',
  σ: 'sigma',
  τ: 'tau',
  φ: 'varphi',
  χ: 'chi',
  ψ: 'psi',
  ω: 'omega',
  Γ: 'Gamma',
  Δ: 'Delta',
  Λ: 'Lambda',
  Σ: 'Sigma',
  Φ: 'Phi',
  Ω: 'Omega',
};

const SIGNS: Readonly<Record<string, string>> = {
  '−': '-',
  '×': '\\times',
  '÷': '\\div',
  '·': '\\cdot',
  '±': '\\pm',
  '≤': '\\le',
  '≥': '\\ge',
  '≈': '\\approx',
  '≠': '\\ne',
  '→': '\\to',
  '∞': '\\infty',
  '∇': '\\nabla',
  '∂': '\\partial',
  '∠': '\\angle',
  '√': '\\surd',
  '‖': '\\|',
  '⟨': '\\langle',
  '⟩': '\\rangle',
  '∈': '\\in',
  ℓ: '\\ell',
  ℒ: '\\mathcal{L}',
  '𝓛': '\\mathcal{L}',
  '𝒥': '\\mathcal{J}',
  ᵀ: '{}^{T}',
};

const RAISED = ['⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ᴸᵏⁿ', '0123456789+-Lkn'] as const;
const LOWERED = ['₀₁₂₃₄₅₆₇₈₉ᵢⱼₖ', '0123456789ijk'] as const;

const LATEX = new Map<string, string>([
  ...Object.entries(PLAIN),
  ...Object.entries(GREEK).map(([letter, name]) => [letter, math(`\\${name}`)] as const),
  ...Object.entries(SIGNS).map(([sign, command]) => [sign, math(command)] as const),
  ...Array.from(RAISED[0], (sign, k) => [sign, above(raised(RAISED[1][k]))] as const),
  ...Array.from(LOWERED[0], (sign, k) => [sign, below(LOWERED[1][k])] as const),
]);

function raised(character: string): string {
  return character === '-' ? math('-') : character;
}
