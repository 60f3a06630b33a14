#include "CTask.h"
