import { catalogue, docsPage } from '../catalogue.ts';
import { explain } from '../explain.ts';
import { fingerprintOf } from '../known.ts';
import type { Finding, WaivedFinding } from '../report.ts';
import type { Severity } from '../rule.ts';
import type { FormatOptions, Formatter, ReviewedFile } from './format.ts';

const LEVELS = { error: 'error', warn: 'warning', info: 'note' } as const satisfies Record<Severity, string>;

/**
 * SARIF 2.1.0, as code scanning services read it. Nothing in it depends on time or machine, and the fingerprint of a
 * finding does not depend on its line, so a finding keeps its history when lines above it change.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export const sarif: Formatter = (files, options = {}) => {
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Brokerloom',
            ...(options.version === undefined ? {} : { semanticVersion: options.version }),
            rules: Object.keys(catalogue).map((id) => ruleDescriptor(id as keyof typeof catalogue, options)),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: files.flatMap(({ file, report }) => [
          ...report.findings.map((finding) => result(file, finding)),
          ...report.waived.map((waived) => ({
            ...result(file, waived.finding),
            suppressions: [suppression(waived)],
          })),
        ]),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
};

function ruleDescriptor(id: keyof typeof catalogue, { docsBase }: FormatOptions) {
  const { meta } = catalogue[id];
  const helpUri = docsBase ? docsBase + docsPage(id) : meta.sources[0];
  return {
    id,
    name: meta.title,
    shortDescription: { text: `${meta.title}.` },
    fullDescription: { text: meta.docs.what },
    help: { text: explain(id) },
    ...(helpUri === undefined ? {} : { helpUri }),
    defaultConfiguration: { level: LEVELS[meta.severity] },
  };
}

function result(file: ReviewedFile['file'], finding: Finding) {
  const { ruleId, element, field = '' } = finding;
  return {
    ruleId,
    ruleIndex: Object.keys(catalogue).indexOf(ruleId),
    level: LEVELS[finding.severity],
    message: { text: `${finding.message} ${finding.consequence}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(file) },
          region: {
            startLine: finding.line,
            startColumn: finding.column,
            endLine: finding.endLine,
            endColumn: finding.endColumn,
          },
        },
        logicalLocations: [{ fullyQualifiedName: field ? `${element}/${field}` : element }],
      },
    ],
    partialFingerprints: { 'brokerloom/v1': fingerprintOf(finding) },
  };
}

const suppression = ({ waiver, reason, owner }: WaivedFinding) => ({
  kind: 'inSource',
  status: 'accepted',
  justification: owner === undefined ? reason : `${reason} (${owner})`,
  location: { logicalLocations: [{ fullyQualifiedName: `waivers/${waiver}` }] },
});
