"""Outlines: smooth curves through points, and smooth-edged masks of them."""

import math
from dataclasses import dataclass

from PIL import Image, ImageDraw

FINE = 3  # masks are drawn this many times larger, then reduced


@dataclass
class Sprite:
    """A cut-out: a colour picture and its mask, of one size."""

    image: Image.Image
    mask: Image.Image
    shadow: Image.Image | None = None  # kept by what places it many times

    @property
    def size(self):
        return self.image.size


def smooth(points, steps=8, closed=True):
    """Points of a Catmull-Rom curve through `points`."""
    count = len(points)
    segments = count if closed else count - 1
    path = []
    for index in range(segments):
        neighbours = [_neighbour(points, index + offset, closed) for offset in (-1, 0, 1, 2)]
        path += [_between(neighbours, step / steps) for step in range(steps)]
    if not closed:
        path.append(points[-1])
    return path


def _neighbour(points, index, closed):
    if closed:
        return points[index % len(points)]
    return points[min(max(index, 0), len(points) - 1)]


def _between(points, t):
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
    a, b = -0.5 * t + t * t - 0.5 * t**3, 1 - 2.5 * t * t + 1.5 * t**3
    c, d = 0.5 * t + 2 * t * t - 1.5 * t**3, -0.5 * t * t + 0.5 * t**3
    return a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy


def polygon_mask(size, *polygons, holes=()):
    """Smooth-edged mask of `size`: polygons filled, holes cut out."""

    def draw(pen, left, upper):
        for fill, shapes in ((255, polygons), (0, holes)):
            for shape in shapes:
                pen.polygon([((x - left) * FINE, (y - upper) * FINE) for x, y in shape], fill=fill)

    return _mask(size, polygons, draw, 1)


def line_mask(size, *lines, width=4):
    """Smooth-edged mask of `size` with round-jointed strokes."""

    def draw(pen, left, upper):
        radius = width * FINE / 2
        for line in lines:
            scaled = [((x - left) * FINE, (y - upper) * FINE) for x, y in line]
            pen.line(scaled, fill=255, width=max(1, round(width * FINE)), joint="curve")
            for x, y in (scaled[0], scaled[-1]):
                pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)

    return _mask(size, lines, draw, math.ceil(width / 2) + 1)


def _mask(size, shapes, draw, margin):
    """Mask drawn large, only where the shapes are, then reduced."""
    left, upper, right, lower = bounds([point for shape in shapes for point in shape], margin)
    left, upper, right, lower = max(left, 0), max(upper, 0), min(right, size[0]), min(lower, size[1])
    mask = Image.new("L", size)
    if right > left and lower > upper:
        large = Image.new("L", ((right - left) * FINE, (lower - upper) * FINE))
        draw(ImageDraw.Draw(large), left, upper)
        mask.paste(large.reduce(FINE), (left, upper))
    return mask


def ellipse(cx, cy, rx, ry, steps=64, start=0.0, end=math.tau):
    """Points of an ellipse or of an arc of it (angles clockwise from the right)."""
    return [
        (cx + rx * math.cos(angle), cy + ry * math.sin(angle))
        for angle in (start + (end - start) * step / steps for step in range(steps + 1))
    ]


def rounded(x0, y0, x1, y1, radius, steps=6):
    """Points of a rectangle with round corners."""
    corners = ((x1 - radius, y1 - radius, 0), (x0 + radius, y1 - radius, 1))
    corners += ((x0 + radius, y0 + radius, 2), (x1 - radius, y0 + radius, 3))
    points = []
    for cx, cy, quarter in corners:
        start = quarter * math.pi / 2
        points += ellipse(cx, cy, radius, radius, steps, start, start + math.pi / 2)
    return points


def rotated(points, angle, cx=0.0, cy=0.0):
    """Points turned by `angle` radians (clockwise on the screen) about a centre."""
    cos, sin = math.cos(angle), math.sin(angle)
    return [(cx + (x - cx) * cos - (y - cy) * sin, cy + (x - cx) * sin + (y - cy) * cos) for x, y in points]


def moved(points, dx, dy, scale_x=1.0, scale_y=None):
    """Points scaled about the origin, then moved."""
    scale_y = scale_x if scale_y is None else scale_y
    return [(x * scale_x + dx, y * scale_y + dy) for x, y in points]


def bounds(points, margin=2):
    """Whole-number box around points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (
        math.floor(min(xs)) - margin,
        math.floor(min(ys)) - margin,
        math.ceil(max(xs)) + margin,
        math.ceil(max(ys)) + margin,
    )


def perspective(source, target):
    """Coefficients for Image.transform(PERSPECTIVE): where each target point finds its source."""
    rows = []
    for (x, y), (u, v) in zip(target, source, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    return _solve(rows)


def _solve(rows):
    count = len(rows)
    for column in range(count):
        pivot = max(range(column, count), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        lead = rows[column]
        for row in range(count):
            if row != column and rows[row][column]:
                factor = rows[row][column] / lead[column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], lead, strict=True)]
    return [rows[index][count] / rows[index][index] for index in range(count)]
