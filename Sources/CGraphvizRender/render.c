// SPDX-License-Identifier: Apache-2.0
#include "CGraphvizRender.h"

#include <gvc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Where the library's messages go while a rendering runs. Rendering is one at a time, by contract.
static char *collected;
static size_t room;

static int collect(char *message) {
  if (collected == NULL || room <= 1) return 0;
  size_t length = strnlen(message, room - 1);
  memcpy(collected, message, length);
  collected += length;
  room -= length;
  *collected = '\0';
  return 0;
}

static clew_render_status draw(
  GVC_t *context, graph_t *graph, const char *background, const char *format,
  char **bytes, size_t *length) {
  if (background != NULL && background[0] != '\0') {
    char name[] = "_background", none[] = "";
    agattr(graph, AGRAPH, name, none);
    agset(graph, name, (char *)background);
  }
  // "nop2": nodes stand where they are told, edges follow as given.
  if (gvLayout(context, graph, "nop2") != 0 || agerrors() > AGWARN) return CLEW_RENDER_LAYOUT;
  char *data = NULL;
  unsigned int size = 0;
  int failed = gvRenderData(context, graph, format, &data, &size);
  gvFreeLayout(context, graph);
  if (failed != 0 || data == NULL || agerrors() > AGWARN) {
    if (data != NULL) gvFreeRenderData(data);
    return CLEW_RENDER_OUTPUT;
  }
  *bytes = data;
  *length = size;
  return CLEW_RENDER_OK;
}

clew_render_status clew_render(
  const char *dot, const char *background, const char *format,
  char **bytes, size_t *length, char *messages, size_t capacity) {
  *bytes = NULL;
  *length = 0;
  collected = messages;
  room = capacity;
  if (capacity > 0) messages[0] = '\0';
  agseterr(AGWARN);
  agseterrf(collect);
  agreseterrors();
  clew_render_status status = CLEW_RENDER_CONTEXT;
  GVC_t *context = gvContext();
  if (context != NULL) {
    // A graph comes back even from some texts that were not read to their end: errors decide.
    graph_t *graph = agmemread(dot);
    if (graph == NULL || agerrors() > AGWARN) {
      status = CLEW_RENDER_PARSE;
    } else {
      status = draw(context, graph, background, format, bytes, length);
    }
    if (graph != NULL) agclose(graph);
    gvFreeContext(context);
  }
  agseterrf(NULL);
  collected = NULL;
  room = 0;
  return status;
}

// Some engines draw from the process's random numbers without starting them anew.
static void seed(void) {
  srand(1);
  srandom(1);
  srand48(1);
}

clew_render_status clew_place(
  const char *dot, const char *engine, size_t count, double *places, char *messages,
  size_t capacity) {
  collected = messages;
  room = capacity;
  if (capacity > 0) messages[0] = '\0';
  agseterr(AGWARN);
  agseterrf(collect);
  agreseterrors();
  clew_render_status status = CLEW_RENDER_CONTEXT;
  GVC_t *context = gvContext();
  if (context != NULL) {
    graph_t *graph = agmemread(dot);
    if (graph == NULL || agerrors() > AGWARN) {
      status = CLEW_RENDER_PARSE;
    } else if (seed(), gvLayout(context, graph, engine) != 0 || agerrors() > AGWARN) {
      status = CLEW_RENDER_LAYOUT;
    } else {
      status = CLEW_RENDER_OK;
      for (size_t i = 0; i < count; i++) {
        char name[32];
        snprintf(name, sizeof name, "n%zu", i);
        node_t *node = agnode(graph, name, 0);
        if (node == NULL) {
          status = CLEW_RENDER_LAYOUT;
          break;
        }
        places[2 * i] = ND_coord(node).x;
        places[2 * i + 1] = ND_coord(node).y;
      }
      gvFreeLayout(context, graph);
    }
    if (graph != NULL) agclose(graph);
    gvFreeContext(context);
  }
  agseterrf(NULL);
  collected = NULL;
  room = 0;
  return status;
}

void clew_render_free(char *bytes) {
  if (bytes != NULL) gvFreeRenderData(bytes);
}
