// Libraries that the product loads when they are first needed. Here that is before any request: in the test runner two
// first requests that wait for the same module can wait for one another.
import "@sindresorhus/slugify";
import "@zip.js/zip.js/index-native.js";
import "diff";
import "file-type";
import "hast-util-to-mdast";
import "marked";
import "mdast-util-gfm";
import "mdast-util-to-markdown";
import "saxes";
import "yaml";
