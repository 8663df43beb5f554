import pictureUploaded from './examples/picture.uploaded.json' with { type: 'json' };
import receiptRequested from './examples/receipt.requested.json' with { type: 'json' };

/** Example bodies by message type, as the design gives them. */
export const examples: Readonly<Record<string, readonly unknown[]>> = {
  'picture.uploaded': pictureUploaded,
  'receipt.requested': receiptRequested,
};
