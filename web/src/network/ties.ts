// All links of a drawing as one batch: a line each, drawn by one call, however many there are.

// Four corners a line, written out, and no instances of one: a processor that stands in for a graphics card draws each instance
// by itself (10,000 dots a frame: 379 ms of SwiftShader's time as instances, 24 as points).
const CORNERS = [[0, -1], [0, 1], [1, -1], [1, 1]] as const;
/** What a corner is: the line's ends, how wide it is in pixels, its colour as four bytes, which corner. */
const STRIDE = 28;

const VERTEX = `#version 300 es
layout(location = 0) in vec2 corner;
layout(location = 1) in vec4 ends;
layout(location = 2) in float width;
layout(location = 3) in vec4 colour;
uniform mat3 place;
uniform vec2 screen;
uniform float zoom;
out vec4 tint;
out float across;
out float reach;
void main() {
  vec2 from = (place * vec3(ends.xy, 1)).xy;
  vec2 to = (place * vec3(ends.zw, 1)).xy;
  vec2 along = (to - from) * screen;
  vec2 normal = vec2(-along.y, along.x) / max(length(along), 0.001);
  reach = max(width * zoom, 1.0) / 2.0;
  across = corner.y * (reach + 0.5);
  tint = colour;
  gl_Position = vec4(mix(from, to, corner.x) + normal * across * 2.0 / screen, 0, 1);
}`;

// Soft edges: a line that lies aslant has no steps.
const FRAGMENT = `#version 300 es
precision mediump float;
in vec4 tint;
in float across;
in float reach;
out vec4 colour;
void main() {
  float cover = clamp(reach + 0.5 - abs(across), 0.0, 1.0) * tint.a;
  colour = vec4(tint.rgb * cover, cover);
}`;

export type Colour = readonly [number, number, number];

export class Ties {
  private readonly gl: WebGL2RenderingContext;
  private readonly program: WebGLProgram;
  private readonly bound: WebGLVertexArrayObject;
  private readonly buffer: WebGLBuffer;
  private data = new DataView(new ArrayBuffer(0));
  private count = 0;
  private room = 0;

  /** Draws on a canvas that has a WebGL2 context, or throws. */
  constructor(canvas: HTMLCanvasElement) {
    const gl = canvas.getContext("webgl2");
    if (!gl) throw new Error("no WebGL2");
    this.gl = gl;
    this.program = linked(gl);
    this.bound = gl.createVertexArray()!;
    gl.bindVertexArray(this.bound);
    this.buffer = gl.createBuffer()!;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, gl.createBuffer());
    gl.vertexAttribPointer(0, 2, gl.BYTE, false, STRIDE, 24);
    gl.vertexAttribPointer(1, 4, gl.FLOAT, false, STRIDE, 0);
    gl.vertexAttribPointer(2, 1, gl.FLOAT, false, STRIDE, 16);
    gl.vertexAttribPointer(3, 4, gl.UNSIGNED_BYTE, true, STRIDE, 20);
    for (const attribute of [0, 1, 2, 3]) gl.enableVertexAttribArray(attribute);
    gl.bindVertexArray(null);
  }

  lost(): boolean {
    return this.gl.isContextLost();
  }

  /** Begin a batch of at most so many. */
  begin(most: number): void {
    this.count = 0;
    if (this.room >= most) return;
    this.room = most;
    this.data = new DataView(new ArrayBuffer(most * 4 * STRIDE));
    const order = new Uint32Array(most * 6);
    for (let n = 0; n < most; n++) order.set([4 * n, 4 * n + 1, 4 * n + 2, 4 * n + 1, 4 * n + 3, 4 * n + 2], 6 * n);
    this.gl.bindVertexArray(this.bound);
    this.gl.bufferData(this.gl.ELEMENT_ARRAY_BUFFER, order, this.gl.STATIC_DRAW);
    this.gl.bindVertexArray(null);
  }

  /** A line of the batch; later ones lie above. */
  line(a: { x: number; y: number }, b: { x: number; y: number }, width: number, [red, green, blue]: Colour, alpha: number): void {
    const { data } = this;
    const colour = red | (green << 8) | (blue << 16) | (Math.round(alpha * 255) << 24);
    CORNERS.forEach(([along, across], corner) => {
      const at = (4 * this.count + corner) * STRIDE;
      data.setFloat32(at, a.x, true);
      data.setFloat32(at + 4, a.y, true);
      data.setFloat32(at + 8, b.x, true);
      data.setFloat32(at + 12, b.y, true);
      data.setFloat32(at + 16, width, true);
      data.setInt32(at + 20, colour, true);
      data.setInt8(at + 24, along);
      data.setInt8(at + 25, across);
    });
    this.count += 1;
  }

  /** The batch is complete. */
  end(): void {
    this.gl.bindBuffer(this.gl.ARRAY_BUFFER, this.buffer);
    this.gl.bufferData(this.gl.ARRAY_BUFFER, new Uint8Array(this.data.buffer, 0, this.count * 4 * STRIDE), this.gl.DYNAMIC_DRAW);
  }

  /** Draw it: `place` takes the drawing's coordinates to the screen's, from -1 to 1. */
  draw(place: Float32Array, width: number, height: number, zoom: number): void {
    if (this.count === 0) return;
    const { gl, program } = this;
    gl.useProgram(program);
    gl.bindVertexArray(this.bound);
    gl.uniformMatrix3fv(gl.getUniformLocation(program, "place"), false, place);
    gl.uniform2f(gl.getUniformLocation(program, "screen"), width, height);
    gl.uniform1f(gl.getUniformLocation(program, "zoom"), zoom);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.drawElements(gl.TRIANGLES, 6 * this.count, gl.UNSIGNED_INT, 0);
    gl.bindVertexArray(null);
  }
}

function linked(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram()!;
  for (const [type, text] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]] as const) {
    const shader = gl.createShader(type)!;
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error(`no lines: ${gl.getProgramInfoLog(program)}`);
  return program;
}
