// Two texts line by line, in the browser: nothing is sent anywhere.

export const MOST_LINES = 3000;

function lines(text) {
  const all = text.replace(/\r\n?/g, "\n").split("\n");
  if (all.at(-1) === "") all.pop();
  return all;
}

/** Lines of both: ["same" | "gone" | "came", line]; null where there are too many. */
export function diff(before, after) {
  const left = lines(before);
  const right = lines(after);
  if (left.length > MOST_LINES || right.length > MOST_LINES) return null;
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start += 1;
  let end = 0;
  while (end < left.length - start && end < right.length - start && left.at(-1 - end) === right.at(-1 - end)) end += 1;
  const a = left.slice(start, left.length - end);
  const b = right.slice(start, right.length - end);
  // Longest common subsequence, from the end.
  const width = b.length + 1;
  const common = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      common[i * width + j] = a[i] === b[j] ? common[(i + 1) * width + j + 1] + 1
        : Math.max(common[(i + 1) * width + j], common[i * width + j + 1]);
    }
  }
  const result = left.slice(0, start).map((line) => ["same", line]);
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      result.push(["same", a[i]]);
      i += 1;
      j += 1;
    } else if (i < a.length && (j === b.length || common[(i + 1) * width + j] >= common[i * width + j + 1])) {
      result.push(["gone", a[i]]);
      i += 1;
    } else {
      result.push(["came", b[j]]);
      j += 1;
    }
  }
  return result.concat(left.slice(left.length - end).map((line) => ["same", line]));
}
