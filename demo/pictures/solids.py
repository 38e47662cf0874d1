"""Blocks in space: a small camera, shaded and textured faces, shadows on the floor. Furniture and boxes."""

import math
from dataclasses import dataclass, field

from PIL import Image, ImageDraw, ImageFilter

from demo.pictures.noise import relight
from demo.pictures.shapes import bounds, perspective, polygon_mask

SUN = (-0.42, 0.78, 0.46)  # towards the light: left, up, to the viewer
FACES = {
    "left": ((0, 4, 7, 3), (-1, 0, 0)),
    "right": ((5, 1, 2, 6), (1, 0, 0)),
    "front": ((4, 5, 6, 7), (0, 0, 1)),
    "back": ((1, 0, 3, 2), (0, 0, -1)),
    "top": ((3, 7, 6, 2), (0, 1, 0)),
    "under": ((0, 1, 5, 4), (0, -1, 0)),
}


@dataclass
class Camera:
    """Looks at the origin of the floor from `yaw` (turn) and `pitch` (height), both in radians.

    x goes right, y up, z to the viewer. `scale` is pixels for one unit at the origin; (cx, cy) is where the
    origin is seen.
    """

    yaw: float
    pitch: float
    scale: float
    cx: float
    cy: float
    distance: float = 9.0

    def eye(self, point):
        x, y, z = point
        cos, sin = math.cos(self.yaw), math.sin(self.yaw)
        x, z = x * cos + z * sin, -x * sin + z * cos
        cos, sin = math.cos(self.pitch), math.sin(self.pitch)
        return x, y * cos - z * sin, y * sin + z * cos

    def see(self, point):
        x, y, z = self.eye(point)
        zoom = self.scale * self.distance / (self.distance - z)
        return self.cx + x * zoom, self.cy - y * zoom

    def depth(self, point):
        return self.eye(point)[2]

    def turned(self, normal):
        x, y, z = normal
        cos, sin = math.cos(self.yaw), math.sin(self.yaw)
        return x * cos + z * sin, y, -x * sin + z * cos


@dataclass
class Block:
    """Eight corners (far 0-3, near 4-7; each counter-clockwise from lower left) and a surface.

    `surface(size, face)` gives an RGB picture, or (picture, mask) when one can see through it.
    """

    corners: list
    surface: object
    rank: float = 0.0
    only: tuple = field(default=tuple(FACES))

    def middle(self):
        return tuple(sum(corner[axis] for corner in self.corners) / 8 for axis in range(3))


def box(x0, x1, y0, y1, z0, z1, surface, rank=0.0, taper=(0, 0), lean=0.0):
    """An upright block; `taper` moves the lower end's corners inwards; `lean` moves the top back."""
    tx, tz = taper
    corners = []
    for z, sign in ((z0, 1), (z1, -1)):
        corners += [
            (x0 + tx, y0, z + sign * tz),
            (x1 - tx, y0, z + sign * tz),
            (x1, y1, z - lean),
            (x0, y1, z - lean),
        ]
    return Block(corners, surface, rank)


def paint(scene, camera, blocks, shadow=0.5):
    """Draw blocks from far to near with their shadows on the floor (y = 0)."""
    if shadow:
        floor_shadow(scene, camera, blocks, shadow)
    for block in sorted(blocks, key=lambda block: camera.depth(block.middle()) + block.rank):
        for name in block.only:
            _face(scene, camera, block, name)


def floor_shadow(scene, camera, blocks, strength):
    """Blocks projected along the light on the floor, blurred; and a tight dark line under what stands."""
    shrink = 4
    size = (scene.width // shrink, scene.height // shrink)
    far, near = Image.new("L", size), Image.new("L", size)
    draw_far, draw_near = ImageDraw.Draw(far), ImageDraw.Draw(near)
    for block in blocks:
        cast = [camera.see(_cast(corner)) for corner in block.corners]
        draw_far.polygon([(x / shrink, y / shrink) for x, y in hull(cast)], fill=255)
        if min(corner[1] for corner in block.corners) < 0.02:
            foot = [camera.see((x, 0, z)) for x, _, z in block.corners]
            draw_near.polygon([(x / shrink, y / shrink) for x, y in hull(foot)], fill=255)
    for layer, blur, share in ((far, 6, 0.62), (far, 2, 0.3), (near, 2.2, 1.3)):
        scene.darken(layer.filter(ImageFilter.GaussianBlur(blur)), strength * share)


def _cast(corner):
    x, y, z = corner
    return x + y * 0.34, 0, z - y * 0.3


def hull(points):
    """Convex outline of points."""
    points = sorted(set(points))
    outline = []
    for ordered in (points, points[::-1]):
        chain = []
        for point in ordered:
            while len(chain) > 1 and _cross(chain[-2], chain[-1], point) <= 0:
                chain.pop()
            chain.append(point)
        outline += chain[:-1]
    return outline


def _cross(a, b, c):
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _face(scene, camera, block, name):
    """Draw one face when it looks at the viewer."""
    indices, normal = FACES[name]
    corners = [block.corners[index] for index in indices]
    seen = [camera.see(corner) for corner in corners]
    area = sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(seen, seen[1:] + seen[:1], strict=True))
    if area > -2:
        return
    left, upper, right, lower = bounds(seen, 1)
    size = (right - left, lower - upper)
    local = [(x - left, y - upper) for x, y in seen]
    width, height = _lengths(seen)
    surface = block.surface((width, height), name)
    picture, mask = surface if isinstance(surface, tuple) else (surface, None)
    picture = relight(picture, _face_light(camera, normal, picture.size))
    # local runs lower left, lower right, upper right, upper left
    source = [(0, picture.height), (picture.width, picture.height), (picture.width, 0), (0, 0)]
    coefficients = perspective(source, local)
    warped = picture.transform(size, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BILINEAR)
    outline = polygon_mask(size, _grown(local))
    if mask is not None:
        seen_through = mask.transform(size, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BILINEAR)
        outline = Image.composite(seen_through, Image.new("L", size), outline)
    scene.image.paste(warped, (left, upper), outline)


def _grown(points):
    """Points moved outwards by less than a pixel, so that neighbouring faces leave no gap."""
    cx = sum(x for x, _ in points) / len(points)
    cy = sum(y for _, y in points) / len(points)
    grown = []
    for x, y in points:
        reach = max(math.hypot(x - cx, y - cy), 1)
        grown.append((x + (x - cx) / reach * 0.4, y + (y - cy) / reach * 0.4))
    return grown


def _lengths(seen):
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = seen
    width = max(math.hypot(bx - ax, by - ay), math.hypot(cx - dx, cy - dy))
    height = max(math.hypot(dx - ax, dy - ay), math.hypot(cx - bx, cy - by))
    return max(3, round(width)), max(3, round(height))


def _face_light(camera, normal, size):
    """Light by the face's direction, a lit upper edge, a little darker to the lower right."""
    x, y, z = camera.turned(normal)
    facing = x * SUN[0] + y * SUN[1] + z * SUN[2]
    level = 76 + 66 * facing
    gradient = Image.frombytes("L", (2, 2), bytes(max(0, min(255, round(level + d))) for d in (10, 1, -3, -12)))
    light = gradient.resize(size, Image.Resampling.BILINEAR)
    draw = ImageDraw.Draw(light)
    draw.line((0, 0, size[0], 0), fill=min(255, round(level + 36)))
    draw.line((0, 0, 0, size[1]), fill=min(255, round(level + 24)))
    draw.line((0, size[1] - 1, size[0], size[1] - 1), fill=max(0, round(level - 30)))
    draw.line((size[0] - 1, 0, size[0] - 1, size[1]), fill=max(0, round(level - 26)))
    return light
