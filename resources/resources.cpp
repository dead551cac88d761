// SPDX-License-Identifier: GPL-3.0-or-later
// A static library needs one object of its own; the resources are added by CMake.
