const marks = /[*_~`]|\]\(|^ {0,3}(?:>|[-+] |\d{1,9}[.)] )/m

/** Whether a text may be more than plain: most messages are not, and never load what reads markup. */
export const hasMarkup = (text: string): boolean => marks.test(text)
