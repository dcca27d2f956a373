/* What the actions found out, kept until the next dump takes it along. */
#include <stdarg.h>
#include <stdio.h>

#include "lab.h"

static char noted[65536];
static size_t used;

void result(const char *action, const char *key, const char *format, ...)
{
	va_list arguments;

	used += snprintf(noted + used, sizeof(noted) - used, "%s\t%s\t", action, key);
	va_start(arguments, format);
	if (used < sizeof(noted))
		used += vsnprintf(noted + used, sizeof(noted) - used, format, arguments);
	va_end(arguments);
	if (used + 2 > sizeof(noted)) {
		say("lab: too many results, the last ones are lost");
		used = sizeof(noted) - 2;
	}
	noted[used++] = '\n';
	noted[used] = '\0';
}

struct text results(void)
{
	return (struct text){noted, used};
}
