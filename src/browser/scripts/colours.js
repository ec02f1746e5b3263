// Colours as they are drawn. Needs nothing.

/// One pixel, to ask the browser which colour is meant, or what a picture has at a point; kept, for to make one takes a while.
let pixel;

/// What `draw` leaves in one pixel: [red, green, blue: 0–255, alpha: 0–1]; null where the browser keeps a picture of another origin to itself.
function drawnPixel(draw) {
  pixel ??= new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  pixel.clearRect(0, 0, 1, 1);
  draw(pixel);
  try {
    const [red, green, blue, alpha] = pixel.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  } catch {
    pixel = null;
    return null;
  }
}

const rgbaOf = (colour) => drawnPixel((context) => {
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
});

const alphaOf = (colour) => {
  if (colour === 'transparent') return 0;
  const alpha = colour.match(/^rgba\(.*, ([\d.]+)\)$/) ?? colour.match(/\/ ([\d.]+)\)$/);
  return alpha ? Number(alpha[1]) : 1;
};

/// The colours of an image that consists of gradients only, else null.
function gradientColours(image) {
  if (!/^(?:repeating-)?(?:linear|radial|conic)-gradient\(/.test(image) || image.includes('url(')) return null;
  return image.match(/(?:rgba?|color|oklch|oklab|lab|lch)\([^)]*\)|transparent/g) ?? [];
}

/// The colours of a background that consists of gradients only and fills its box, as the lines of links that are drawn so do not; else null.
const fillingGradient = ({ backgroundImage, backgroundSize }) => (/^(auto|cover|100% 100%)$/.test(backgroundSize) ? gradientColours(backgroundImage) : null);

const blendedOver = ([red, green, blue, alpha], behind) => [red, green, blue].map((part, at) => part * alpha + behind[at] * (1 - alpha));

/// Relative luminance, from 0 to 1 (WCAG 2.2).
function luminance(colour) {
  const [red, green, blue] = colour.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/// From 1 to 21, of a colour on an opaque one (WCAG 2.2).
function contrast(ink, behind) {
  const [darker, lighter] = [luminance(blendedOver(ink, behind)), luminance(behind)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}
