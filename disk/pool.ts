/** Maps with at most `width` calls at a time, in the order of the items: open files are a limited resource. */
export async function pooled<T, R>(
  items: Iterable<T>,
  work: (item: T) => Promise<R>,
  width = 32,
): Promise<R[]> {
  const entries = [...items].entries();
  const results: R[] = [];
  const worker = async () => {
    for (const [index, item] of entries) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}
