/** Pixels for each px of the drawing, so that it is sharp on paper and on fine screens. */
const SCALE = 2;
/** Largest side and area of a canvas in Chromium. https://developer.mozilla.org/docs/Web/HTML/Reference/Elements/canvas#maximum_canvas_size */
const MOST = { side: 16_384, area: 268_435_456 };

/**
 * An SVG picture as a PNG, in base64. A drawing that is too large for a canvas comes out smaller, never cut.
 * @param signal Ends it between its steps.
 */
export async function pngOf(svg: string, signal: AbortSignal): Promise<string> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    signal.throwIfAborted();
    const { naturalWidth: width, naturalHeight: height } = image;
    const scale = Math.min(
      SCALE,
      MOST.side / width,
      MOST.side / height,
      Math.sqrt(MOST.area / (width * height)),
    );
    const canvas = Object.assign(document.createElement('canvas'), {
      width: Math.floor(width * scale),
      height: Math.floor(height * scale),
    });
    const context = canvas.getContext('2d');
    if (!context) throw new Error('The system has no memory for a picture of this size. Export SVG instead.');
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    signal.throwIfAborted();
    if (!blob) throw new Error('The system has no memory for a picture of this size. Export SVG instead.');
    return await base64Of(blob);
  } finally {
    URL.revokeObjectURL(url);
  }
}

function base64Of(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(reader.error ?? new Error('The picture cannot be read.'));
    reader.readAsDataURL(blob);
  });
}
