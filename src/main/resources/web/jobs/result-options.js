import { html, nothing } from 'lit';
import { check, choice } from '../fields.js';
import { name, parent, parse } from '../uris.js';

const FORMATS = [['csv', 'CSV'], ['json', 'JSON Lines'], ['pqt', 'Parquet'], ['avro', 'Avro']];
const DELIMITERS = [[',', 'Comma'], [';', 'Semicolon'], ['\t', 'Tab'], ['|', 'Pipe']];
const USUAL = { pqt: 'As usual: zstd', avro: 'As usual: deflate' }; // inside the file, of which its name says nothing
const ENDINGS = { gzip: '.gz', bzip2: '.bz2', snappy: '.snappy', zstd: '.zst' };

export const OPTIONS = { format: 'csv', compression: 'none', header: true, delim: ',', hasQuotes: false };

export const ending = ({ format, compression }) => `.${format}${USUAL[format] ? '' : ENDINGS[compression] ?? ''}`;

/** Where a job writes what a setting names: in a folder of its own, which ends in its number. */
export function placeOf({ path, format, compression }, number) {
  const place = parse(path);
  const file = name(place);
  return { ...place, key: `${parent(place).key}${file.slice(0, -ending({ format, compression }).length)}_${number}/${file}` };
}

/** What a write setting says of its format. */
export const formatOf = ({ format, compression, header, delim, hasQuotes }) => ({
  action: 'create', format, compression, asSingleFile: true, ...(format === 'csv' && { header, delim, hasQuotes }),
});

/**
 * The format of a result, and what can be chosen about it.
 *
 * @param compressions which ones the service takes, by format
 */
export const formatFields = (values, set, compressions) => html`
  <div class="columns">
    ${choice('format', 'Format', values.format, FORMATS, format => set({ format, compression: 'none' }))}
    ${compressions[values.format].length > 1 ? choice('compression', 'Compression', values.compression, compressions[values.format].map(one => [one, one === 'none' ? USUAL[values.format] ?? 'None' : one]), compression => set({ compression })) : nothing}
    ${values.format === 'csv' ? choice('delim', 'Delimiter', values.delim, DELIMITERS, delim => set({ delim })) : nothing}
  </div>
  ${values.format === 'csv' ? html`
    ${check('header', 'Column names in the first row', values.header, header => set({ header }))}
    ${check('hasQuotes', 'Every value in quotes', values.hasQuotes, hasQuotes => set({ hasQuotes }))}` : nothing}`;

/** A write setting in words. */
export function formatWords({ format, compression, header, delim, hasQuotes }) {
  const csv = format === 'csv' && [header ? 'with column names' : 'without column names', DELIMITERS.find(([one]) => one === delim)?.[1].toLowerCase() ?? delim, hasQuotes && 'all values in quotes'];
  return [FORMATS.find(([one]) => one === format)?.[1] ?? format, compression && compression !== 'none' && compression, ...(csv || [])].filter(Boolean).join(', ');
}
