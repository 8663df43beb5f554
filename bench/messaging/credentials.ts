import { awsConfig } from '../../test/brokers/support/aws.ts';

/** Settings by which services, and the programs by hand, find an emulator of AWS. */
export function credentialsFor(url: string, prefixes: readonly string[]): Record<string, string> {
  const { region, accessKeyId, secretAccessKey } = awsConfig(url);
  const settings = {
    URL: url,
    REGION: region,
    ACCESS_KEY_ID: accessKeyId,
    SECRET_ACCESS_KEY: secretAccessKey,
  };
  return Object.fromEntries(
    prefixes.flatMap((prefix) =>
      Object.entries(settings).map(([name, value]) => [`${prefix}_${name}`, value]),
    ),
  );
}
