// When a photo was taken, as its camera noted it (EXIF in a JPEG, PNG, WebP or HEIC); "" where it says nothing.
(() => {
  const EXIF = 0x8769;
  const NAME = 0x45786966;
  const NOTES = 256 * 1024;
  const PARTS = 400;
  const TAKEN = [[0x9003, 0x9011], [0x9004, 0x9012]];
  const CHANGED = [0x0132, 0x9010];

  function text(view, at) {
    let found = "";
    for (let i = at; i < view.byteLength && view.getUint8(i); i += 1) found += String.fromCharCode(view.getUint8(i));
    return found;
  }

  // The entries of one folder of notes: tag, and where its value stands.
  function folder(view, tiff, at, small) {
    const entries = new Map();
    for (let n = view.getUint16(at, small), i = at + 2; n > 0; n -= 1, i += 12) {
      entries.set(view.getUint16(i, small), { count: view.getUint32(i + 4, small), value: view.getUint32(i + 8, small), place: i + 8 });
    }
    return entries;
  }

  function noted(view, tiff) {
    const small = view.getUint16(tiff) === 0x4949;
    const first = folder(view, tiff, tiff + view.getUint32(tiff + 4, small), small);
    const inner = first.has(EXIF) ? folder(view, tiff, tiff + first.get(EXIF).value, small) : new Map();
    const word = (notes, tag) => notes.has(tag) && notes.get(tag).count > 4 ? text(view, tiff + notes.get(tag).value) : "";
    for (const [notes, time, zone] of [...TAKEN.map((one) => [inner, ...one]), [first, ...CHANGED]]) {
      const said = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/.exec(word(notes, time));
      // Without a zone it is the clock on the wall here.
      const where = /^[+-]\d\d:\d\d$/.exec(word(inner, zone)) || ["+08:00"];
      if (said) return `${said[1]}-${said[2]}-${said[3]}T${said[4]}${where[0]}`;
    }
    return "";
  }

  const read = async (file, at, size) => new DataView(await file.slice(at, at + size).arrayBuffer());
  const begin = (view) => (view.byteLength > 6 && view.getUint32(0) === NAME ? 6 : 0);

  async function ofJpeg(file) {
    const view = await read(file, 0, NOTES);
    for (let at = 2; at + 10 < view.byteLength && view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
      if (view.getUint8(at + 1) === 0xe1 && view.getUint32(at + 4) === NAME) return noted(view, at + 10);
    }
    return "";
  }

  // PNG and WebP are rows of parts with a name and a length each; a WebP has its notes behind the picture.
  async function ofParts(file, first, { name, nameAt, lengthAt, small, after }) {
    for (let at = first, n = 0; at + 8 < file.size && n < PARTS; n += 1) {
      const head = await read(file, at, 8);
      const length = head.getUint32(lengthAt, small);
      if (head.getUint32(nameAt) === name) { const view = await read(file, at + 8, Math.min(length, NOTES)); return noted(view, begin(view)); }
      at += 8 + length + after(length);
    }
    return "";
  }

  // A HEIC has them somewhere among its pieces, under their name.
  async function ofPieces(file) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const view = new DataView(bytes.buffer);
    for (let at = bytes.indexOf(0x45); at >= 0 && at + 14 < bytes.length; at = bytes.indexOf(0x45, at + 1)) {
      if (view.getUint32(at) === NAME && [0x49492a00, 0x4d4d002a].includes(view.getUint32(at + 6))) return noted(view, at + 6);
    }
    return "";
  }

  async function found(file) {
    const head = await read(file, 0, 12);
    if (head.byteLength < 12) return "";
    if (head.getUint16(0) === 0xffd8) return ofJpeg(file);
    if (head.getUint32(0) === 0x89504e47) return ofParts(file, 8, { name: 0x65584966, nameAt: 4, lengthAt: 0, small: false, after: () => 4 });
    if (head.getUint32(8) === 0x57454250) return ofParts(file, 12, { name: 0x45584946, nameAt: 0, lengthAt: 4, small: true, after: (length) => length % 2 });
    return head.getUint32(4) === 0x66747970 ? ofPieces(file) : "";
  }

  // A damaged note says nothing.
  linli.shotAt = (file) => found(file).catch(() => "");
})();
