/* What the reference engine makes of the labels in recorded.txt, to compare ours with. From this folder, with libhtsengine-dev:
 *
 *   cc record.c -o /tmp/record -lHTSEngine -lm
 *   sed 's/^USE_GV\[MCP\]:1/USE_GV[MCP]:0/' ../../../../assets/cmu_us_slt_arctic_hts.htsvoice >/tmp/plain.htsvoice
 *   /tmp/record /tmp/plain.htsvoice <recorded.txt >/tmp/recorded.txt && mv /tmp/recorded.txt .
 *
 * The engine's way with global variance is not ours, and it cannot be asked to leave it out (a weight of 0 flattens the course):
 * hence a copy of the voice that has none.
 *
 * Reads sentences, each a block of lines `d d d d d label` ended by an empty line; all other lines are passed over. Writes for
 * each sentence the labels again with the engine's state durations in frames, then every fourth frame as `= c0 ... c5 c20`,
 * then the empty line.
 */
#include <HTS_engine.h>
#include <stdio.h>
#include <string.h>

#define MOST 200
#define LENGTH 400

static const int KEPT[] = {0, 1, 2, 3, 4, 5, 20};

static int speak(HTS_Engine *engine, char labels[][LENGTH], int count)
{
    char *lines[MOST];
    size_t frames = 0;
    for (int i = 0; i < count; i++)
        lines[i] = labels[i];
    /* Only a finished synthesis hands out its parameters. */
    if (!HTS_Engine_synthesize_from_strings(engine, lines, count))
        return 0;
    for (int i = 0; i < count; i++) {
        for (int state = 0; state < 5; state++) {
            size_t lasts = HTS_Engine_get_state_duration(engine, 5 * i + state);
            frames += lasts;
            printf("%zu ", lasts);
        }
        printf("%s\n", labels[i]);
    }
    for (size_t frame = 0; frame < frames; frame += 4) {
        printf("=");
        for (size_t k = 0; k < sizeof KEPT / sizeof *KEPT; k++)
            printf(" %.3f", HTS_Engine_get_generated_parameter(engine, 0, frame, KEPT[k]));
        printf("\n");
    }
    printf("\n");
    HTS_Engine_refresh(engine);
    return 1;
}

int main(int argc, char **argv)
{
    static char labels[MOST][LENGTH], line[LENGTH];
    int count = 0, lasts;
    HTS_Engine engine;
    HTS_Engine_initialize(&engine);
    if (argc != 2 || !HTS_Engine_load(&engine, &argv[1], 1))
        return 1;
    while (fgets(line, sizeof line, stdin)) {
        if (*line == '\n') {
            if (count > 0 && !speak(&engine, labels, count))
                return 1;
            count = 0;
        } else if (count < MOST && sscanf(line, "%d %d %d %d %d %399s", &lasts, &lasts, &lasts, &lasts, &lasts, labels[count]) == 6) {
            count++;
        }
    }
    HTS_Engine_clear(&engine);
    return 0;
}
