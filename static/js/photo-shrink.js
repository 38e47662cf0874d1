// A photo as small as pages need it: at most 2048 pixels (a flat one keeps 1000 of height), upright, JPEG. What this browser can't read (HEIC in most) or
// would only make larger is sent as it is; the server reads it.
(() => {
  const LONG_SIDE = 2048;
  const SHORT_SIDE = 1000;
  const SMALL_ENOUGH = 400 * 1024;

  const decode = (file) => createImageBitmap(file, { imageOrientation: "from-image" });

  photos.shrink = async (file) => {
    if (!window.createImageBitmap || !/^image\/(jpeg|png|webp|avif|hei[cf])$/.test(file.type)) return file;
    let bitmap;
    try {
      bitmap = await decode(file);
      const scale = Math.min(1, Math.max(LONG_SIDE / Math.max(bitmap.width, bitmap.height), SHORT_SIDE / Math.min(bitmap.width, bitmap.height)));
      if (scale === 1 && file.size <= SMALL_ENOUGH) return file;
      const canvas = document.createElement("canvas");
      canvas.width = Math.max(1, Math.round(bitmap.width * scale));
      canvas.height = Math.max(1, Math.round(bitmap.height * scale));
      const pen = canvas.getContext("2d", { alpha: false });
      pen.fillStyle = "#fff"; // as the server does below what is transparent
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.imageSmoothingQuality = "high";
      pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.86));
      return blob && blob.size < file.size ? blob : file;
    } catch {
      return file;
    } finally {
      bitmap?.close();
    }
  };
})();
