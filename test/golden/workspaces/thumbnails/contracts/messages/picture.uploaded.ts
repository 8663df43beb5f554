import { defineMessage } from '@thumbnails/messaging';
import { compile } from '../compile.ts';
import schema from '../schemas/picture.uploaded.json' with { type: 'json' };

/** Body of picture.uploaded, version 1. */
export interface PictureUploaded {
  pictureId: string;
  ownerId: string;
  url: string;
  sizes: number[];
}

export const pictureUploaded = defineMessage<PictureUploaded>()({
  type: 'picture.uploaded',
  version: 1,
  // 16KiB, checked before a send and on receipt
  maxBytes: 16384,
  envelope: 'domain-event',
  aggregateIdPath: '/pictureId',
  validate: compile(schema),
});
