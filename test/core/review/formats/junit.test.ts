import { expect, test } from 'vitest';
import { junit } from '../../../../core/review/formats/junit.ts';
import { review } from '../../../../core/review/review.ts';
import { reviewable } from '../../rules/tester.ts';
import { sample } from './sample.ts';

/** Names and attributes of the elements; throws where the text is not well-formed XML. */
function elementsOf(xml: string): { name: string; attributes: Record<string, string> }[] {
  const open: string[] = [];
  const found: { name: string; attributes: Record<string, string> }[] = [];
  const body = xml.replace(/^<\?xml version="1.0" encoding="UTF-8"\?>\n/, '');
  const text = body.replace(
    /<(\/?)([a-z]+)((?: [a-z]+="[^"<]*")*)(\/?)>/g,
    (_, end, name, attributes, empty) => {
      if (end) expect(open.pop()).toBe(name);
      else {
        const pairs = [...attributes.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, key, value]) => [key, value]);
        found.push({ name, attributes: Object.fromEntries(pairs) });
        if (!empty) open.push(name);
      }
      return '';
    },
  );
  expect(open).toEqual([]);
  expect(text).not.toMatch(/[<>]/);
  expect(xml).not.toMatch(/&(?!(?:amp|lt|gt|quot);)/);
  return found;
}

test('has a suite for each design and a case for each finding', () => {
  const elements = elementsOf(junit([sample(), sample('other.loom.yaml')]));
  const [all, suite, first] = elements;
  const { report } = sample();
  expect(all?.attributes).toMatchObject({
    tests: String(2 * (report.findings.length + report.waived.length)),
  });
  expect(suite?.attributes).toMatchObject({
    name: 'designs/sample one.loom.yaml',
    skipped: String(report.counts.info + report.waived.length),
  });
  expect(first?.attributes).toEqual({
    name: 'dlq/required queues/jobs.deadLetter',
    classname: 'designs/sample one.loom.yaml',
    file: 'designs/sample one.loom.yaml',
    line: '6',
  });
  const count = (name: string) => elements.filter((element) => element.name === name).length;
  expect(count('testsuite')).toBe(2);
  expect(count('failure')).toBe(2 * (report.counts.error + report.counts.warn));
  expect(count('skipped')).toBe(2 * (report.counts.info + report.waived.length));
});

test('a design without findings is a case that passes', () => {
  const text = 'brokerloom: 1\ndesign: { name: a }\n';
  const xml = junit([{ file: 'a.loom.yaml', text, report: review(reviewable(text)) }]);
  expect(elementsOf(xml).at(-1)).toMatchObject({ name: 'testcase', attributes: { name: 'no findings' } });
});

test('keeps text from a design out of the markup', () => {
  const file = sample('a"<b>&\u0001.loom.yaml');
  const hostile = {
    ...file,
    report: {
      ...file.report,
      findings: file.report.findings.map((finding) => ({
        ...finding,
        message: `</failure>"'&\u0000\ud800 ${finding.message}`,
      })),
    },
  };
  const xml = junit([hostile]);
  expect(elementsOf(xml).length).toBeGreaterThan(3);
  for (const character of '\u0000\u0001\ud800') expect(xml).not.toContain(character);
});
