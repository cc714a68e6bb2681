// What the service says to programs, and how it is said here: calls have their buttons, and settings their switches.
const WORDS = [
  [/ \((?:GET|POST|PUT|PATCH|DELETE) \/v4\/[^)]*\)/g, ''],
  [/ \(aws\.s3\.enabled\)/g, ''],
  [/see the names in vfsList\b/g, 'see the names there'],
  [/\bdynamicPath and runParameters\b/g, 'path with its parameters'],
];

/** A refusal in the words of the page; the field that it begins with stays, by which a form finds its place. */
export const words = said => WORDS.reduce((text, [pattern, word]) => text.replace(pattern, word), said);
